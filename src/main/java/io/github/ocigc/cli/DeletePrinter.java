package io.github.ocigc.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ocigc.engine.DeleteReport;
import io.github.ocigc.oci.Digest;
import java.util.List;

/** How a delete's or a prune's report looks. */
final class DeletePrinter {
  private static final int NAMED = 10;

  private DeletePrinter() {}

  static ObjectNode json(DeleteReport report) {
    ObjectNode json = Json.object();
    json.set("references", Json.strings(report.references()));
    json.set("referrers_dropped", Json.strings(report.referrersDropped()));
    ArrayNode freed = json.putArray("freed");
    for (DeleteReport.Freed blob : report.freed()) {
      freed.addObject().put("digest", blob.digest().toString()).put("size_bytes", blob.sizeBytes());
    }
    json.put("freed_blobs", report.freed().size());
    json.put("freed_bytes", report.freedBytes());
    json.put("kept_shared_blobs", report.keptSharedBlobs());
    json.put("deferred_blobs", report.deferred().blobs());
    json.put("deferred_bytes", report.deferred().bytes());
    json.put("hard_linked_blobs", report.hardLinkedBlobs());
    json.put("partial_bytes", report.partialBytes());
    json.set("spared", Json.strings(report.spared().stream().map(Digest::toString).toList()));
    ArrayNode failed = json.putArray("failed");
    for (DeleteReport.Failed blob : report.failed()) {
      failed.addObject().put("digest", blob.digest().toString()).put("reason", blob.reason());
    }
    json.put("dry_run", report.dryRun());
    return json;
  }

  static String text(DeleteReport report, String verb) {
    StringBuilder text = new StringBuilder();
    if (report.dryRun()) {
      for (DeleteReport.Freed blob : report.freed()) {
        text.append(blob.digest()).append("  ").append(Plain.size(blob.sizeBytes())).append('\n');
      }
    }
    text.append(report.dryRun() ? "Would " + verb : verb.equals("prune") ? "Pruned" : "Deleted");
    if (!report.references().isEmpty()) {
      text.append(' ').append(Plain.line(names(report)));
    }
    text.append(report.dryRun() ? " and free " : ": freed ");
    text.append(Plain.count(report.freed().size(), "blob")).append(", ");
    text.append(Plain.size(report.freedBytes())).append(".");
    if (report.keptSharedBlobs() > 0) {
      text.append(" Kept ").append(Plain.count(report.keptSharedBlobs(), "blob"));
      text.append(" that something else holds.");
    }
    text.append('\n');
    if (!report.referrersDropped().isEmpty()) {
      text.append("With it: ").append(Plain.line(String.join(", ", report.referrersDropped())));
      text.append('\n');
    }
    if (report.deferred().blobs() > 0) {
      text.append(Plain.count(report.deferred().blobs(), "blob")).append(", ");
      text.append(Plain.size(report.deferred().bytes())).append(", in use by ");
      text.append(Plain.line(String.join(", ", report.deferred().users())));
      text.append(": removed by the next command after that.\n");
    }
    if (report.partialBytes() > 0) {
      text.append("Broken-off downloads: ").append(Plain.size(report.partialBytes()));
      text.append(".\n");
    }
    if (report.hardLinkedBlobs() > 0) {
      text.append(Plain.count(report.hardLinkedBlobs(), "blob"));
      text.append(" had other names (hard links), so no space came back for them.\n");
    }
    if (!report.spared().isEmpty()) {
      text.append("A manifest could not be read, so what it held is unknown: ");
      text.append(Plain.count(report.spared().size(), "blob"));
      text.append(" stay. 'ocigc-ledger prune' removes them once they are an hour old.\n");
    }
    for (DeleteReport.Failed blob : report.failed()) {
      text.append("Not removed: ").append(blob.digest()).append(" (").append(blob.reason());
      text.append("); the next command tries again.\n");
    }
    return text.toString();
  }

  /** Whoever is about to delete very many wants to read all of them; whoever has, does not. */
  private static String names(DeleteReport report) {
    List<String> names = report.references();
    if (report.dryRun() || names.size() <= NAMED) {
      return String.join(", ", names);
    }
    int others = names.size() - NAMED;
    return String.join(", ", names.subList(0, NAMED)) + " and " + Plain.count(others, "other");
  }

  static ExitCode exitCode(DeleteReport report) {
    return report.failed().isEmpty() && report.spared().isEmpty()
        ? ExitCode.DONE
        : ExitCode.FINDINGS;
  }
}
