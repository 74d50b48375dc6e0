package io.github.ocigc.cli;

import io.github.ocigc.engine.DeleteReport;
import io.github.ocigc.engine.OpenStore;
import io.github.ocigc.engine.Prune;
import io.github.ocigc.oci.OcigcException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    mixinStandardHelpOptions = true,
    name = "prune",
    description = "Removes what nothing holds any more.",
    footer = {
      "",
      "Reads the whole store. Run it when no other tool is writing there.",
      "Examples:",
      "  ocigc-ledger prune --dry-run --orphans",
      "  ocigc-ledger prune --orphans --older-than 24h"
    })
final class PruneCommand extends Verb {
  @Option(
      names = "--orphans",
      description = "Also what the ledger never saw held: leftovers of other tools.")
  private boolean orphans;

  @Option(
      names = "--older-than",
      paramLabel = "AGE",
      defaultValue = "1h",
      description = "The grace: what is younger stays. For example 30m, 24h, 7d. Default: 1h.")
  private String olderThan = "1h";

  @Option(
      names = {"-n", "--dry-run"},
      description = "Show what would go, and change nothing.")
  private boolean dryRun;

  @Override
  String what() {
    return "prune";
  }

  @Override
  OpenStore.Access access() {
    return dryRun ? OpenStore.Access.READ_ALL : OpenStore.Access.WRITE;
  }

  @Override
  ExitCode run(OpenStore open, Terminal terminal) {
    DeleteReport report = new Prune(open).run(orphans, grace(), dryRun);
    terminal.report(() -> DeletePrinter.json(report), () -> DeletePrinter.text(report, "prune"));
    return DeletePrinter.exitCode(report);
  }

  private java.time.Duration grace() {
    try {
      return Age.parse(olderThan);
    } catch (IllegalArgumentException e) {
      throw new OcigcException.Unusable(String.valueOf(e.getMessage()));
    }
  }
}
