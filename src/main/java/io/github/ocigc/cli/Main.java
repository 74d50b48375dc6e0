package io.github.ocigc.cli;

import io.github.ocigc.oci.OcigcException;
import io.github.ocigc.store.Refusals;
import io.github.ocigc.store.Steps;
import io.github.ocigc.store.StorePaths;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
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
          terminal.error(ExitCode.USAGE, e.getMessage() + "\nTry '" + name + " --help'.");
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
              diskTrouble(e)
                  .map(reason -> ledgerRefused(program.folder(), reason))
                  .orElseGet(() -> unexpected(e)));
          return ExitCode.FINDINGS.number();
        });
    if (args.length == 0) {
      commandLine.usage(out);
      return ExitCode.USAGE.number();
    }
    return commandLine.execute(args);
  }

  /** The reason, if the database gave up because the disk did: it is full, or broken. */
  private static Optional<String> diskTrouble(Exception e) {
    boolean database = false;
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      database |= cause instanceof SQLException;
      if (database && cause instanceof IOException refused) {
        return Optional.of(Refusals.reason(refused));
      }
    }
    return Optional.empty();
  }

  private static String ledgerRefused(Path store, String reason) {
    return "Could not write the ledger in "
        + store.resolve(StorePaths.OWN_FOLDER)
        + ": "
        + reason
        + ".\nThe store's files are as the last finished step left them. Make room there, or look"
        + " after the disk; the next command puts the ledger right.";
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
