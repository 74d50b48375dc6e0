package io.github.ocigc.archive;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.ocigc.archive.ImageSource.Named;
import io.github.ocigc.oci.Descriptor;
import io.github.ocigc.oci.Digest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The images that an {@code index.json} lists (image-spec 1.1, image-layout.md). */
final class IndexEntries {

  private IndexEntries() {}

  /** In the index's order; the same name or manifest may stand there several times. */
  static List<Named> read(String shown, byte[] bytes) {
    JsonNode manifests;
    try {
      JsonNode index = Json.MAPPER.readTree(bytes);
      if (!index.isObject()) {
        throw new IOException("it is not a JSON object");
      }
      manifests = index.path("manifests");
      if (!manifests.isArray() && !manifests.isNull() && !manifests.isMissingNode()) {
        throw new IOException("its manifests are not an array");
      }
    } catch (IOException e) {
      throw Trouble.damaged(
          shown, "its index.json says what it holds, and cannot be read: " + Trouble.reason(e));
    }
    List<Named> images = new ArrayList<>();
    for (JsonNode entry : manifests) {
      images.add(named(shown, entry));
    }
    return images;
  }

  private static Named named(String shown, JsonNode entry) {
    String name = name(entry.path("annotations"));
    String digest = entry.path("digest").asText();
    return Digest.parse(digest)
        .map(
            known ->
                new Named(
                    name,
                    new Descriptor(
                        entry.path("mediaType").asText(),
                        known,
                        entry.path("size").isIntegralNumber() ? entry.path("size").asLong() : -1)))
        .orElseThrow(
            () ->
                Trouble.damaged(
                    shown,
                    "in its index.json the entry "
                        + (name.isEmpty() ? "without a name" : Trouble.quoted(name))
                        + " has "
                        + Trouble.quoted(digest)
                        + ", which is not a sha256 or sha512 digest"));
  }

  /** containerd and BuildKit keep the whole name apart, and only the tag in the spec's place. */
  private static String name(JsonNode annotations) {
    String whole = annotations.path("io.containerd.image.name").asText();
    return whole.isEmpty() ? annotations.path("org.opencontainers.image.ref.name").asText() : whole;
  }
}
