package io.github.ocigc.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ocigc.archive.Format;
import io.github.ocigc.engine.Export;
import io.github.ocigc.engine.ExportReport;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;

final class ExportCommand extends TransferVerb {
  private final Argument<String> reference =
      Argument.word(0, "", "REF", "A name, short name or digest.");

  private final Argument<Path> file = Argument.word(1, Path.of(""), "FILE", "Where to write.");

  private final Argument<Boolean> replace =
      Argument.flag("Replace a file that is there.", "--replace");

  private final Argument<Boolean> referrers =
      Argument.flag("Also signatures, SBOMs and whatever else speaks of the image.", "--referrers");

  ExportCommand(GlobalOptions program) {
    super(program);
  }

  @Override
  CommandSpec words() {
    return Words.of(this, "export", "Writes an image to a layout folder or an archive.")
        .inThisOrder()
        .take(reference, file, replace, referrers)
        .remark(
            "FILE.tar and FILE.tar.gz are OCI archives; one of a single image is what 'docker load'"
                + " reads, too. Any other FILE is a folder. It appears when it is complete.")
        .examples(
            "ocigc-ledger export nginx nginx.tar.gz",
            "ocigc-ledger export docker.io/library/nginx:latest ./nginx-layout");
  }

  @Override
  void run(GlobalOptions options, Terminal terminal) {
    Path to = options.resolve(file.get());
    ExportReport report =
        new Export(options.folder(), options.options(terminal))
            .run(reference.get(), to, Format.of(to), replace.get(), referrers.get());
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
