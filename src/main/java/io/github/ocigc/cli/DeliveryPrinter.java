package io.github.ocigc.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ocigc.engine.DeliveryReport;
import java.util.List;
import java.util.Locale;

/** Prints what a pull or an import brought: one image an object, several an array of them. */
final class DeliveryPrinter {
  private DeliveryPrinter() {}

  static void print(Terminal terminal, String verb, List<DeliveryReport> reports) {
    terminal.report(
        () -> {
          if (reports.size() == 1) {
            return json(reports.get(0));
          }
          ArrayNode array = Json.array();
          reports.forEach(report -> array.add(json(report)));
          return array;
        },
        () -> {
          StringBuilder text = new StringBuilder();
          reports.forEach(report -> text.append(text(verb, report)));
          return text.toString();
        });
  }

  private static ObjectNode json(DeliveryReport report) {
    ObjectNode json = Json.object();
    Json.putOrNull(json, "reference", report.reference());
    json.put("digest", report.digest().toString());
    json.put("downloaded_blobs", report.downloadedBlobs());
    json.put("downloaded_bytes", report.downloadedBytes());
    json.put("reused_blobs", report.reusedBlobs());
    json.put("reused_bytes", report.reusedBytes());
    json.put("referrers", report.referrers());
    json.set("absent", Json.strings(report.absent().stream().map(Object::toString).toList()));
    Json.putOrNull(json, "replaced", report.replaced().map(Object::toString).orElse(""));
    json.put("seconds", rounded(report.seconds()));
    json.put("ledger_seconds", rounded(report.ledgerSeconds()));
    return json;
  }

  private static double rounded(double seconds) {
    return Math.round(seconds * 1000) / 1000.0;
  }

  private static String text(String verb, DeliveryReport report) {
    StringBuilder text = new StringBuilder();
    String name =
        report.reference().isEmpty() ? report.digest().toString() : Plain.line(report.reference());
    text.append(verb).append(' ').append(name);
    if (!report.reference().isEmpty()) {
      text.append(" (").append(Plain.shortDigest(report.digest().toString())).append(')');
    }
    if (report.downloadedBlobs() == 0) {
      text.append(": all of it was here");
    } else {
      text.append(": ").append(Plain.count(report.downloadedBlobs(), "blob"));
      text.append(", ").append(Plain.size(report.downloadedBytes()));
      if (report.reusedBlobs() > 0) {
        text.append("; ").append(Plain.count(report.reusedBlobs(), "blob")).append(", ");
        text.append(Plain.size(report.reusedBytes())).append(" were here");
      }
    }
    text.append(String.format(Locale.ROOT, " (%.1f s).%n", report.seconds()));
    if (report.referrers() > 0) {
      text.append("  with ").append(Plain.count(report.referrers(), "referrer")).append('\n');
    }
    if (!report.absent().isEmpty()) {
      text.append("  without ").append(Plain.count(report.absent().size(), "blob"));
      text.append(" that are to be had elsewhere\n");
    }
    report
        .replaced()
        .ifPresent(
            old ->
                text.append("  the name stood for ")
                    .append(old)
                    .append(" before, which is kept;\n  to free it: ocigc-ledger delete ")
                    .append(old)
                    .append('\n'));
    return text.toString();
  }
}
