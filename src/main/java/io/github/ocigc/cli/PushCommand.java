package io.github.ocigc.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ocigc.engine.Push;
import io.github.ocigc.engine.PushReport;
import io.github.ocigc.oci.Reference;
import io.github.ocigc.registry.Registries;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    mixinStandardHelpOptions = true,
    name = "push",
    sortOptions = false,
    description = "Sends an image from the store to a registry.",
    footer = {
      "",
      "What the registry has is not sent again, and taken from its other repositories where the"
          + " ledger knows one.",
      "Examples:",
      "  ocigc-ledger push localhost:5000/app:v1",
      "  ocigc-ledger push --referrers app1 ghcr.io/me/app:v1"
    })
final class PushCommand extends TransferVerb {
  @Parameters(index = "0", paramLabel = "REF", description = "A name, short name or digest.")
  private String reference = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "TARGET",
      description = "registry/repository:tag. Default: the image's name, if that names a registry.")
  private @Nullable String target;

  @Option(
      names = "--referrers",
      description = "Also signatures, SBOMs and whatever else speaks of the image.")
  private boolean referrers;

  @Mixin private RegistryFlags registry = new RegistryFlags();

  @Override
  void run(GlobalOptions options, Terminal terminal) {
    try (Registries registries = registry.connect(options, terminal)) {
      PushReport report =
          new Push(options.folder(), options.options(terminal), registries)
              .run(
                  reference,
                  RegistryFlags.given(target).map(Reference::parse),
                  referrers,
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
    text.append(" (").append(Plain.shortDigest(report.digest().toString())).append("): ");
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
