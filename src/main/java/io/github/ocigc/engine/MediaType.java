package io.github.ocigc.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.ocigc.ledger.Content;
import io.github.ocigc.ledger.LedgerRoot;
import io.github.ocigc.ledger.LedgerView;
import java.io.IOException;
import java.util.List;

/** What those who name a content call it. */
final class MediaType {
  static final String IMAGE_MANIFEST = "application/vnd.oci.image.manifest.v1+json";
  static final String INDEX = "application/vnd.oci.image.index.v1+json";

  private static final ObjectMapper JSON = new ObjectMapper();

  private MediaType() {}

  /** True for OCI's index and Docker's manifest list. */
  static boolean isIndex(String mediaType) {
    return mediaType.contains("index") || mediaType.contains("list");
  }

  /** As a manifest says of itself, else by what it has. */
  static String of(byte[] manifest) {
    try {
      JsonNode document = JSON.readTree(manifest);
      String said = document.path("mediaType").asText();
      return !said.isEmpty() ? said : document.path("manifests").isArray() ? INDEX : IMAGE_MANIFEST;
    } catch (IOException e) {
      return IMAGE_MANIFEST; // whoever reads it will say what is wrong with it
    }
  }

  /** As a root says, else as a holder says, else an image manifest. */
  static String of(LedgerView view, Content content) {
    return view.rootsOf(content).stream()
        .map(LedgerRoot::mediaType)
        .filter(type -> !type.isEmpty())
        .findFirst()
        .or(
            () ->
                view.above(content).stream()
                    .flatMap(above -> view.below(List.of(above.holder().id())).stream())
                    .filter(below -> below.content().id() == content.id())
                    .map(LedgerView.Below::mediaType)
                    .filter(type -> !type.isEmpty())
                    .findFirst())
        .orElse(IMAGE_MANIFEST);
  }
}
