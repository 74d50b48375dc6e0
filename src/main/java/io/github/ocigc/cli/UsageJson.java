package io.github.ocigc.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ocigc.engine.DiskUsage;
import io.github.ocigc.oci.Size;
import java.util.List;

/** The numbers of {@code du}, for scripts and for the page that {@code report} writes. */
final class UsageJson {
  private UsageJson() {}

  static ObjectNode of(
      DiskUsage.Report report, DiskUsage.Others others, List<DiskUsage.Line> lines) {
    ObjectNode json = sums(report, others);
    ArrayNode references = json.putArray("references");
    for (DiskUsage.Line line : lines) {
      ObjectNode node = references.addObject();
      Json.putOrNull(node, "reference", line.name());
      node.put("digest", line.digest().toString());
      node.put("size_bytes", line.total().bytes());
      node.put("size_allocated_bytes", line.total().allocatedBytes());
      put(node, "unique_", line.unique());
      node.put("shared_bytes", line.sharedBytes());
    }
    report
        .together()
        .ifPresent(
            together ->
                put(
                    json.putObject("together").put("freed_blobs", together.blobs()),
                    "freed_",
                    together.size()));
    return json;
  }

  /** All but the references. */
  static ObjectNode sums(DiskUsage.Report report, DiskUsage.Others others) {
    ObjectNode json = Json.object();
    json.put("blobs", report.store().blobs());
    put(json, "", report.store().all());
    put(json, "unique_", report.own());
    put(json, "shared_", report.shared());
    put(json, "leased_", report.leased());
    json.put("orphan_blobs", report.store().orphanBlobs());
    put(json, "orphan_", report.store().orphans());
    json.put("condemned_blobs", report.store().condemnedBlobs());
    put(json, "condemned_", report.store().condemned());
    json.put("absent", report.store().absent());
    json.put("partial_blobs", report.partial().blobs());
    json.put("partial_bytes", report.partial().bytes());
    json.put("other_files", others.files());
    put(json, "other_", others.size());
    put(json, "store_", report.store().all().plus(others.size()));
    return json;
  }

  private static void put(ObjectNode node, String prefix, Size size) {
    node.put(prefix + "bytes", size.bytes());
    node.put(prefix + "allocated_bytes", size.allocatedBytes());
  }
}
