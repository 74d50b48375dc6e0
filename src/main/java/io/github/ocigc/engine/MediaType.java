package io.github.ocigc.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.ocigc.ledger.Content;
import io.github.ocigc.ledger.LedgerRoot;
import io.github.ocigc.ledger.LedgerView;
import io.github.ocigc.oci.Form;
import io.github.ocigc.store.Refusals;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
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

  /** As a root says, else as a holder says, else as it says itself. */
  static String of(OpenStore open, Content content) {
    LedgerView view = open.ledger().view();
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
        .orElseGet(() -> content.form() == Form.DOCUMENT ? saidIn(open, content) : IMAGE_MANIFEST);
  }

  private static String saidIn(OpenStore open, Content document) {
    try (InputStream in = open.store().blobs().open(document.digest())) {
      return of(in.readAllBytes());
    } catch (NoSuchFileException e) {
      return IMAGE_MANIFEST;
    } catch (IOException e) {
      throw Refusals.of("read", open.store().paths().blob(document.digest()), e);
    }
  }
}
