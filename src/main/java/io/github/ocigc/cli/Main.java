package io.github.ocigc.cli;

import io.github.ocigc.engine.DiskTrouble;
import io.github.ocigc.engine.OpenStore;
import io.github.ocigc.oci.OcigcException;
import io.github.ocigc.store.Steps;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;

/** Where the process begins. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    // the database's web console would ask the network for this machine's name
    System.setProperty("h2.bindAddress", "127.0.0.1");
    if (Candidates.wanted(args) ? Candidates.wantLedger(args) : Verbs.named(args)) {
      OpenStore.expect();
    }
    // picocli would look for the types of options that we have none of
    System.setProperty("picocli.converters.excludes", "java.(sql|time).*");
    PrintStream out =
        new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
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
    boolean json = Arrays.asList(args).contains("--json");
    Terminal terminal = new Terminal(out, err, json);
    CommandLine.IParameterExceptionHandler explain =
        (e, words) -> {
          String name = e.getCommandLine().getCommandSpec().qualifiedName();
          terminal.error(
              ExitCode.USAGE, e.getMessage() + meant(e) + "\nTry '" + name + " --help'.");
          return ExitCode.USAGE.number();
        };
    if (Verbs.named(args)) {
      // what is wrong with the words is explained with all commands in view
      return handling(Verbs.namedIn(program, args), program, terminal, out, err)
          .setParameterExceptionHandler(
              (e, words) ->
                  handling(Verbs.all(program), program, terminal, out, err)
                      .setParameterExceptionHandler(explain)
                      .execute(words))
          .execute(args);
    }
    CommandLine all = handling(Verbs.all(program), program, terminal, out, err);
    if (args.length == 0) {
      all.usage(out);
      return ExitCode.USAGE.number();
    }
    return all.setParameterExceptionHandler(explain).execute(args);
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
        .setExecutionExceptionHandler(
            (e, command, parsed) -> {
              if (e instanceof OcigcException known) {
                ExitCode code = ExitCode.of(known);
                terminal.error(code, String.valueOf(known.getMessage()));
                return code.number();
              }
              terminal.error(
                  ExitCode.FINDINGS,
                  DiskTrouble.explain(e, program.folder()).orElseGet(() -> unexpected(e)));
              return ExitCode.FINDINGS.number();
            });
  }

  private static String meant(CommandLine.ParameterException e) {
    List<String> suggestions =
        e instanceof CommandLine.UnmatchedArgumentException unmatched
            ? unmatched.getSuggestions()
            : List.of();
    return suggestions.isEmpty() ? "" : "\nDid you mean: " + String.join(", ", suggestions) + "?";
  }

  /** A defect of ours, or of the machine: say enough to report it. */
  private static String unexpected(Exception e) {
    StringBuilder text = new StringBuilder("This should not have happened: " + e);
    for (StackTraceElement at : e.getStackTrace()) {
      if (at.getClassName().startsWith("io.github.ocigc")) {
        text.append("\n  at ").append(at);
      }
    }
    for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
      text.append("\n  because of ").append(cause);
    }
    return text.append(
            "\nThe store's files are as the last finished step left them; the next command")
        .append(" puts the ledger right.")
        .toString();
  }
}
