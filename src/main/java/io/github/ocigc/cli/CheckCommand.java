package io.github.ocigc.cli;

import io.github.ocigc.engine.Check;
import io.github.ocigc.engine.CheckReport;
import io.github.ocigc.engine.OpenStore;
import picocli.CommandLine.Model.CommandSpec;

final class CheckCommand extends Verb {
  private final Argument<Boolean> checkBytes =
      Argument.flag("Also hash every blob.", "--check-bytes");

  CheckCommand(GlobalOptions program) {
    super(program);
  }

  @Override
  CommandSpec words() {
    return Words.of(this, "check", "Compares ledger and disk, and changes neither.")
        .take(checkBytes)
        .remark(
            "Orphans, absent contents and stray files are notes; anything else makes the exit code"
                + " 1.")
        .examples("ocigc-ledger check", "ocigc-ledger check --check-bytes --json");
  }

  @Override
  String what() {
    return "check";
  }

  @Override
  OpenStore.Access access() {
    return OpenStore.Access.READ;
  }

  @Override
  ExitCode run(OpenStore open, Terminal terminal) {
    CheckReport report = new Check(open).run(checkBytes.get());
    terminal.report(
        () -> Json.object().set("findings", Json.findings(report.findings())),
        () ->
            FindingsPrinter.text(report.findings())
                + (report.healthy()
                    ? "The ledger says what the disk says.\n"
                    : "Something is wrong; 'ocigc-ledger reconcile' mends the ledger.\n"));
    return report.healthy() ? ExitCode.DONE : ExitCode.FINDINGS;
  }
}
