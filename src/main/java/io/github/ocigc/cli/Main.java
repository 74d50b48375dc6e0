package io.github.ocigc.cli;

import io.github.ocigc.engine.OpenStore;
import io.github.ocigc.store.Steps;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import picocli.CommandLine;

/** Where the process begins. */
public final class Main {
  /** Of standard output, so that a long table is written with few calls. */
  private static final int PAGE_BYTES = 64 * 1024;

  private Main() {}

  public static void main(String[] args) {
    // the database's web console would ask the network for this machine's name
    System.setProperty("h2.bindAddress", "127.0.0.1");
    if (Candidates.wanted(args) ? Candidates.wantLedger(args) : Verbs.open(args)) {
      OpenStore.expect();
    } else if (Verbs.glance(args)) {
      OpenStore.expectGlance();
    }
    // picocli would look for the types of options that we have none of, and for Groovy
    System.setProperty("picocli.converters.excludes", "java.(sql|time).*");
    System.setProperty("picocli.disable.closures", "true");
    PrintStream out =
        new PrintStream(
            new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), PAGE_BYTES),
            false,
            StandardCharsets.UTF_8);
    PrintStream err =
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
    int code =
        run(
            out,
            err,
            System.getenv(),
            Path.of("").toAbsolutePath(),
            Boolean.getBoolean("ocigc.terminal"),
            Steps.NONE,
            args);
    out.flush();
    System.exit(code);
  }

  /** The whole program but for the process: runs one command and answers its exit code. */
  public static int run(
      PrintStream out,
      PrintStream err,
      Map<String, String> environment,
      Path workingFolder,
      boolean watched,
      Steps steps,
      String... args) {
    if (Candidates.wanted(args)) {
      new Candidates(environment, workingFolder).print(out, args);
      return ExitCode.DONE.number();
    }
    GlobalOptions program = new GlobalOptions(out, err, environment, workingFolder, watched, steps);
    Terminal terminal = new Terminal(out, err, Arrays.asList(args).contains("--json"));
    if (Verbs.named(args)) {
      return handling(Verbs.namedIn(program, args), program, terminal, out, err)
          .setParameterExceptionHandler(new AllInView(program, terminal, out, err))
          .execute(args);
    }
    CommandLine all = handling(Verbs.all(program), program, terminal, out, err);
    if (args.length == 0) {
      all.usage(out);
      return ExitCode.USAGE.number();
    }
    return all.setParameterExceptionHandler(new UsageMistake(terminal)).execute(args);
  }

  /** What is wrong with the words is explained with all commands in view. */
  private record AllInView(
      GlobalOptions program, Terminal terminal, PrintStream out, PrintStream err)
      implements CommandLine.IParameterExceptionHandler {
    @Override
    public int handleParseException(CommandLine.ParameterException e, String[] words) {
      return handling(Verbs.all(program), program, terminal, out, err)
          .setParameterExceptionHandler(new UsageMistake(terminal))
          .execute(words);
    }
  }

  private static CommandLine handling(
      CommandLine commandLine,
      GlobalOptions program,
      Terminal terminal,
      PrintStream out,
      PrintStream err) {
    return commandLine
        .setOut(new PrintWriter(out, true, StandardCharsets.UTF_8))
        .setErr(new PrintWriter(err, true, StandardCharsets.UTF_8))
        .setUsageHelpAutoWidth(true)
        .setAbbreviatedSubcommandsAllowed(false)
        .setExecutionExceptionHandler(new Failure(program, terminal));
  }
}
