package io.github.ocigc.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ocigc.archive.Format;
import io.github.ocigc.engine.Export;
import io.github.ocigc.engine.ExportReport;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    mixinStandardHelpOptions = true,
    name = "export",
    sortOptions = false,
    description = "Writes an image to a layout folder or an archive.",
    footer = {
      "",
      "FILE.tar and FILE.tar.gz are OCI archives; one of a single image is what 'docker load' reads,"
          + " too. Any other FILE is a folder. It appears when it is complete.",
      "Examples:",
      "  ocigc-ledger export nginx nginx.tar.gz",
      "  ocigc-ledger export docker.io/library/nginx:latest ./nginx-layout"
    })
final class ExportCommand extends TransferVerb {
  @Parameters(index = "0", paramLabel = "REF", description = "A name, short name or digest.")
  private String reference = "";

  @Parameters(index = "1", paramLabel = "FILE", description = "Where to write.")
  private Path file = Path.of("");

  @Option(names = "--replace", description = "Replace a file that is there.")
  private boolean replace;

  @Option(
      names = "--referrers",
      description = "Also signatures, SBOMs and whatever else speaks of the image.")
  private boolean referrers;

  @Override
  void run(GlobalOptions options, Terminal terminal) {
    Path to = options.resolve(file);
    ExportReport report =
        new Export(options.folder(), options.options(terminal))
            .run(reference, to, Format.of(to), replace, referrers);
    terminal.report(() -> json(report), () -> text(report));
  }

  /** With the fields of a pull: what was written is what was moved. */
  private static ObjectNode json(ExportReport report) {
    ObjectNode json = Json.object();
    json.put("reference", report.reference());
    json.put("digest", report.digest().toString());
    json.put("downloaded_blobs", report.blobs());
    json.put("downloaded_bytes", report.bytes());
    json.put("reused_blobs", 0);
    json.put("reused_bytes", 0);
    json.put("absent_manifests", report.absent());
    json.put("file", report.file().toString());
    return json;
  }

  private static String text(ExportReport report) {
    return "Exported "
        + Plain.line(report.reference())
        + " to "
        + Plain.line(report.file().toString())
        + ": "
        + Plain.count(report.blobs(), "blob")
        + ", "
        + Plain.size(report.bytes())
        + (report.absent() == 0
            ? ""
            : "; without " + Plain.count(report.absent(), "manifest") + " that are not here")
        + ".\n";
  }
}
