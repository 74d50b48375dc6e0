package io.github.ocigc.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ocigc.engine.DiskUsage;
import io.github.ocigc.engine.OpenStore;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    mixinStandardHelpOptions = true,
    name = "du",
    description = "Shows where the space goes, the biggest gain first.",
    footer = {
      "",
      "With references, also what deleting all of them would free together.",
      "Examples:",
      "  ocigc-ledger du",
      "  ocigc-ledger du nginx:1.25 nginx:latest"
    })
final class DiskUsageCommand extends Verb {
  @Parameters(paramLabel = "REF", arity = "0..*", description = "Names, digests or patterns.")
  private List<String> references = List.of();

  @Override
  String what() {
    return "du";
  }

  @Override
  OpenStore.Access access() {
    return OpenStore.Access.READ_ALL;
  }

  @Override
  ExitCode run(OpenStore open, Terminal terminal) {
    DiskUsage.Report report = new DiskUsage(open).run(references);
    terminal.report(() -> json(report), () -> text(report));
    return ExitCode.DONE;
  }

  private static ObjectNode json(DiskUsage.Report report) {
    ObjectNode json = Json.object();
    json.put("blobs", report.store().blobs());
    json.put("bytes", report.store().bytes());
    json.put("shared_bytes", report.sharedBytes());
    json.put("orphan_blobs", report.store().orphanBlobs());
    json.put("orphan_bytes", report.store().orphanBytes());
    json.put("condemned_blobs", report.store().condemnedBlobs());
    json.put("absent", report.store().absent());
    json.put("partial_blobs", report.partial().blobs());
    json.put("partial_bytes", report.partial().bytes());
    ArrayNode references = json.putArray("references");
    for (DiskUsage.Line line : report.references()) {
      ObjectNode node = references.addObject();
      Json.putOrNull(node, "reference", line.name());
      node.put("digest", line.digest());
      node.put("size_bytes", line.sizeBytes());
      node.put("unique_bytes", line.uniqueBytes());
      node.put("shared_bytes", line.sharedBytes());
    }
    report
        .together()
        .ifPresent(
            together ->
                json.putObject("together")
                    .put("freed_blobs", together.blobs())
                    .put("freed_bytes", together.bytes()));
    return json;
  }

  private static String text(DiskUsage.Report report) {
    Table table = new Table("REFERENCE", "DIGEST", ">SIZE", ">UNIQUE", ">SHARED");
    for (DiskUsage.Line line : report.references()) {
      table.row(
          line.name().isEmpty() ? "<untagged>" : line.name(),
          Plain.shortDigest(line.digest()),
          Plain.size(line.sizeBytes()),
          Plain.size(line.uniqueBytes()),
          Plain.size(line.sharedBytes()));
    }
    StringBuilder text = new StringBuilder(table.text()).append('\n');
    report
        .together()
        .ifPresent(
            together ->
                text.append("Deleting these together would free ")
                    .append(Plain.count(together.blobs(), "blob"))
                    .append(", ")
                    .append(Plain.size(together.bytes()))
                    .append(".\n"));
    text.append("The store: ").append(Plain.count(report.store().blobs(), "blob"));
    text.append(", ").append(Plain.size(report.store().bytes()));
    text.append("; shared by two or more references: ").append(Plain.size(report.sharedBytes()));
    text.append("; held by nothing: ").append(Plain.count(report.store().orphanBlobs(), "blob"));
    text.append(", ").append(Plain.size(report.store().orphanBytes())).append(".\n");
    if (report.store().condemnedBlobs() > 0) {
      text.append("Waiting to be removed: ");
      text.append(Plain.count(report.store().condemnedBlobs(), "blob")).append(".\n");
    }
    if (report.partial().blobs() > 0) {
      text.append("Broken-off downloads: ");
      text.append(Plain.count(report.partial().blobs(), "blob")).append(", ");
      text.append(Plain.size(report.partial().bytes()));
      text.append("; pulling again goes on with them.\n");
    }
    if (report.store().absent() > 0) {
      text.append("Named, but not here: ").append(Plain.count(report.store().absent(), "blob"));
      text.append(".\n");
    }
    return text.toString();
  }
}
