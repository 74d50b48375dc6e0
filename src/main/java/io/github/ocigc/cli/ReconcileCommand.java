package io.github.ocigc.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ocigc.engine.Reconcile;
import io.github.ocigc.engine.ReconcileReport;
import io.github.ocigc.ledger.Tally;
import java.util.Locale;
import picocli.CommandLine.Model.CommandSpec;

final class ReconcileCommand extends ProgramCommand {
  private final Argument<Boolean> checkBytes =
      Argument.flag("Also hash every blob.", "--check-bytes");

  ReconcileCommand(GlobalOptions program) {
    super(program);
  }

  @Override
  CommandSpec words() {
    return Words.of(
            this,
            "reconcile",
            "Rebuilds the ledger from the disk, and reports what was wrong with it.")
        .take(checkBytes)
        .remark("Removes nothing from the store.")
        .examples("ocigc-ledger reconcile", "ocigc-ledger reconcile --check-bytes");
  }

  @Override
  public Integer call() {
    GlobalOptions options = program();
    Terminal terminal = options.terminal();
    ReconcileReport report =
        new Reconcile(options.folder(), options.options(terminal)).run(checkBytes.get());
    terminal.report(() -> json(report), () -> text(report));
    return (report.storeHasProblems() ? ExitCode.FINDINGS : ExitCode.DONE).number();
  }

  private static ObjectNode json(ReconcileReport report) {
    Tally.Sums sums = report.sums();
    ObjectNode json = Json.object();
    json.put("references", report.references());
    json.put("contents", sums.contents());
    json.put("blobs", sums.blobs());
    json.put("bytes", sums.bytes());
    json.put("edges", sums.edges());
    json.put("orphans", sums.orphans());
    json.put("orphan_bytes", sums.orphanBytes());
    json.put("absent", sums.absent());
    json.put("changes", report.changes());
    json.set("findings", Json.findings(report.findings()));
    json.put("seconds", Math.round(report.seconds() * 1000) / 1000.0);
    return json;
  }

  private static String text(ReconcileReport report) {
    Tally.Sums sums = report.sums();
    return FindingsPrinter.text(report.findings())
        + String.format(
            Locale.ROOT,
            "%s, %s (%s), %s; held by nothing: %s (%s); named, but not here: %,d.%n",
            Plain.count(report.references(), "reference"),
            Plain.count(sums.blobs(), "blob"),
            Plain.size(sums.bytes()),
            Plain.count(sums.edges(), "edge"),
            Plain.count(sums.orphans(), "blob"),
            Plain.size(sums.orphanBytes()),
            sums.absent())
        + (report.changes() == 0
            ? "The ledger was right"
            : "The ledger was written anew, " + Plain.count(report.changes(), "row") + " changed")
        + String.format(Locale.ROOT, " (%.1f s).%n", report.seconds());
  }
}
