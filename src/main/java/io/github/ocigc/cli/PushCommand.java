package io.github.ocigc.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ocigc.engine.Push;
import io.github.ocigc.engine.PushReport;
import io.github.ocigc.oci.Reference;
import io.github.ocigc.registry.Registries;
import java.util.Locale;
import picocli.CommandLine.Model.CommandSpec;

final class PushCommand extends TransferVerb {
  private final Argument<String> reference =
      Argument.word(0, "", "REF", "A name, short name or digest.");

  private final Argument<String> target =
      Argument.wordOrNot(
          1,
          "",
          "TARGET",
          "registry/repository:tag. Default: the image's name, if that names a registry.");

  private final Argument<Boolean> referrers =
      Argument.flag("Also signatures, SBOMs and whatever else speaks of the image.", "--referrers");

  private final RegistryFlags registry = new RegistryFlags();

  PushCommand(GlobalOptions program) {
    super(program);
  }

  @Override
  CommandSpec words() {
    return Words.of(this, "push", "Sends an image from the store to a registry.")
        .inThisOrder()
        .take(reference, target, referrers)
        .take(registry.all())
        .remark(
            "What the registry has is not sent again, and taken from its other repositories where"
                + " the ledger knows one.")
        .examples(
            "ocigc-ledger push localhost:5000/app:v1",
            "ocigc-ledger push --referrers app1 ghcr.io/me/app:v1");
  }

  @Override
  void run(GlobalOptions options, Terminal terminal) {
    try (Registries registries = registry.connect(options, terminal)) {
      PushReport report =
          new Push(options.folder(), options.options(terminal), registries)
              .run(
                  reference.get(),
                  target.given().filter(text -> !text.isEmpty()).map(Reference::parse),
                  referrers.get(),
                  registry.jobs());
      terminal.report(() -> json(report), () -> text(report));
    }
  }

  private static ObjectNode json(PushReport report) {
    ObjectNode json = Json.object();
    json.put("reference", report.reference());
    json.put("target", report.target().toString());
    json.put("digest", report.digest().toString());
    json.put("uploaded_blobs", report.uploadedBlobs());
    json.put("uploaded_bytes", report.uploadedBytes());
    json.put("mounted_blobs", report.mountedBlobs());
    json.put("existing_blobs", report.existingBlobs());
    json.put("seconds", Math.round(report.seconds() * 1000) / 1000.0);
    return json;
  }

  private static String text(PushReport report) {
    StringBuilder text = new StringBuilder("Pushed ");
    text.append(Plain.line(report.reference()));
    if (!report.reference().equals(report.target().toString())) {
      text.append(" to ").append(report.target());
    }
    text.append(" (").append(Plain.shortDigest(report.digest())).append("): ");
    text.append(Plain.count(report.uploadedBlobs(), "blob")).append(", ");
    text.append(Plain.size(report.uploadedBytes()));
    if (report.mountedBlobs() > 0) {
      text.append("; ").append(report.mountedBlobs()).append(" mounted");
    }
    if (report.existingBlobs() > 0) {
      text.append("; ").append(report.existingBlobs()).append(" were there");
    }
    return text.append(String.format(Locale.ROOT, " (%.1f s).%n", report.seconds())).toString();
  }
}
