package io.github.ocigc.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ocigc.engine.DeliveryReport;
import java.util.List;
import java.util.Locale;

/** Prints what a pull or an import brought: one image an object, several a list in one. */
final class DeliveryPrinter {
  private DeliveryPrinter() {}

  static void print(Terminal terminal, String verb, DeliveryReport report) {
    terminal.report(() -> json(report), () -> text(verb, report));
  }

  private static ObjectNode json(DeliveryReport report) {
    List<DeliveryReport.Delivered> images = report.images();
    ObjectNode json = images.size() == 1 ? json(images.get(0)) : Json.object();
    if (images.size() > 1) {
      ArrayNode array = json.putArray("images");
      images.forEach(image -> array.add(json(image)));
    }
    json.put("seconds", rounded(report.seconds()));
    json.put("ledger_seconds", rounded(report.ledgerSeconds()));
    json.put("sql_seconds", rounded(report.sqlSeconds()));
    return json;
  }

  private static ObjectNode json(DeliveryReport.Delivered image) {
    ObjectNode json = Json.object();
    Json.putOrNull(json, "reference", image.reference());
    json.put("digest", image.digest().toString());
    json.put("downloaded_blobs", image.downloadedBlobs());
    json.put("downloaded_bytes", image.downloadedBytes());
    json.put("reused_blobs", image.reusedBlobs());
    json.put("reused_bytes", image.reusedBytes());
    json.put("referrers", image.referrers());
    json.set("absent", Json.strings(image.absent().stream().map(Object::toString).toList()));
    Json.putOrNull(json, "replaced", image.replaced().map(Object::toString).orElse(""));
    return json;
  }

  private static double rounded(double seconds) {
    return Math.round(seconds * 1000) / 1000.0;
  }

  private static String text(String verb, DeliveryReport report) {
    StringBuilder text = new StringBuilder();
    report.images().forEach(image -> describe(text, verb, image));
    long blobs = report.images().stream().mapToLong(i -> i.downloadedBlobs()).sum();
    long bytes = report.images().stream().mapToLong(i -> i.downloadedBytes()).sum();
    text.append(
        String.format(
            Locale.ROOT,
            "%s, %s in %.1f s.%n",
            Plain.count(blobs, "blob"),
            Plain.size(bytes),
            report.seconds()));
    return text.toString();
  }

  private static void describe(StringBuilder text, String verb, DeliveryReport.Delivered image) {
    boolean named = !image.reference().isEmpty();
    text.append(verb).append(' ');
    text.append(named ? Plain.line(image.reference()) : image.digest().toString());
    if (named) {
      text.append(" (").append(Plain.shortDigest(image.digest())).append(')');
    }
    if (image.downloadedBlobs() == 0) {
      text.append(": all of it was here");
    } else if (image.reusedBlobs() > 0) {
      text.append("; ").append(Plain.count(image.reusedBlobs(), "blob")).append(", ");
      text.append(Plain.size(image.reusedBytes())).append(" were here");
    }
    if (image.referrers() > 0) {
      text.append("; with ").append(Plain.count(image.referrers(), "referrer"));
    }
    if (!image.absent().isEmpty()) {
      text.append("; without ").append(Plain.count(image.absent().size(), "blob"));
      text.append(" that are to be had elsewhere");
    }
    text.append('\n');
    if (image.replaced().isPresent()) {
      String old = image.replaced().get().toString();
      text.append("  The name stood for ").append(old).append(" before. That is kept until\n");
      text.append("  ocigc-ledger ")
          .append(image.replacedIsRoot() ? "delete " + old : "prune --older-than 0s");
      text.append('\n');
    }
  }
}
