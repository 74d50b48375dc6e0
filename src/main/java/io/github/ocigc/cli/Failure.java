package io.github.ocigc.cli;

import io.github.ocigc.engine.DiskTrouble;
import io.github.ocigc.oci.OcigcException;
import picocli.CommandLine;

/** Says why a command failed. */
final class Failure implements CommandLine.IExecutionExceptionHandler {
  private final GlobalOptions program;
  private final Terminal terminal;

  Failure(GlobalOptions program, Terminal terminal) {
    this.program = program;
    this.terminal = terminal;
  }

  @Override
  public int handleExecutionException(
      Exception e, CommandLine command, CommandLine.ParseResult parsed) {
    if (e instanceof OcigcException known) {
      ExitCode code = ExitCode.of(known);
      terminal.error(code, String.valueOf(known.getMessage()));
      return code.number();
    }
    terminal.error(
        ExitCode.FINDINGS, DiskTrouble.explain(e, program.folder()).orElseGet(() -> unexpected(e)));
    return ExitCode.FINDINGS.number();
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
