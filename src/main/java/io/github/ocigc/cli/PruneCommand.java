package io.github.ocigc.cli;

import io.github.ocigc.engine.DeleteReport;
import io.github.ocigc.engine.OpenStore;
import io.github.ocigc.engine.Prune;
import io.github.ocigc.oci.OcigcException;
import picocli.CommandLine.Model.CommandSpec;

final class PruneCommand extends Verb {
  private final Argument<Boolean> orphans =
      Argument.flag("Also what the ledger never saw held: leftovers of other tools.", "--orphans");

  private final Argument<String> olderThan =
      Argument.option(
          "1h",
          "AGE",
          "The grace: what is younger stays. For example 30m, 24h, 7d. Default: 1h.",
          "--older-than");

  private final Argument<Boolean> dryRun =
      Argument.flag("Show what would go, and change nothing.", "-n", "--dry-run");

  PruneCommand(GlobalOptions program) {
    super(program);
  }

  @Override
  CommandSpec words() {
    return Words.of(this, "prune", "Removes what nothing holds any more.")
        .take(orphans, olderThan, dryRun)
        .remark("Reads the whole store. Run it when no other tool is writing there.")
        .examples(
            "ocigc-ledger prune --dry-run --orphans",
            "ocigc-ledger prune --orphans --older-than 24h");
  }

  @Override
  String what() {
    return "prune";
  }

  @Override
  OpenStore.Access access() {
    return dryRun.get() ? OpenStore.Access.READ_ALL : OpenStore.Access.WRITE;
  }

  @Override
  ExitCode run(OpenStore open, Terminal terminal) {
    DeleteReport report = new Prune(open).run(orphans.get(), grace(), dryRun.get());
    terminal.report(() -> DeletePrinter.json(report), () -> DeletePrinter.text(report, "prune"));
    return DeletePrinter.exitCode(report);
  }

  private java.time.Duration grace() {
    try {
      return Age.parse(olderThan.get());
    } catch (IllegalArgumentException e) {
      throw new OcigcException.Unusable(String.valueOf(e.getMessage()));
    }
  }
}
