package io.github.ocigc.cli;

import io.github.ocigc.engine.Check;
import io.github.ocigc.engine.CheckReport;
import io.github.ocigc.engine.OpenStore;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    mixinStandardHelpOptions = true,
    name = "check",
    description = "Compares ledger and disk, and changes neither.",
    footer = {
      "",
      "Orphans, absent contents and stray files are notes; anything else makes the exit code 1.",
      "Examples:",
      "  ocigc-ledger check",
      "  ocigc-ledger check --check-bytes --json"
    })
final class CheckCommand extends Verb {
  @Option(names = "--check-bytes", description = "Also hash every blob.")
  private boolean checkBytes;

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
    CheckReport report = new Check(open).run(checkBytes);
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
