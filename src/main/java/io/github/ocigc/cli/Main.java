package io.github.ocigc.cli;

import io.github.ocigc.engine.DiskTrouble;
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
    boolean json = Arrays.asList(args).contains("--json");
    Terminal terminal = new Terminal(out, err, json, false, false);
    GlobalOptions program = new GlobalOptions(out, err, environment, workingFolder, watched, steps);
    CommandLine commandLine =
        new CommandLine(program)
            .setOut(new PrintWriter(out, true, StandardCharsets.UTF_8))
            .setErr(new PrintWriter(err, true, StandardCharsets.UTF_8))
            .setUsageHelpAutoWidth(true)
            .setAbbreviatedSubcommandsAllowed(false);
    commandLine.setParameterExceptionHandler(
        (e, ignored) -> {
          String name = e.getCommandLine().getCommandSpec().qualifiedName();
          terminal.error(
              ExitCode.USAGE, e.getMessage() + meant(e) + "\nTry '" + name + " --help'.");
          return ExitCode.USAGE.number();
        });
    commandLine.setExecutionExceptionHandler(
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
    if (args.length == 0) {
      commandLine.usage(out);
      return ExitCode.USAGE.number();
    }
    return commandLine.execute(args);
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
