package io.github.ocigc.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ocigc.oci.Descriptor;
import io.github.ocigc.oci.Digest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The image index that lists the referrers of a subject, from the API or below a fallback tag.
 *
 * @param json everything in it, known or not, so that a rewrite loses nothing
 */
record ReferrersIndex(ObjectNode json) {
  static final String MEDIA_TYPE = "application/vnd.oci.image.index.v1+json";

  private static final ObjectMapper JSON = new ObjectMapper();

  static ReferrersIndex empty() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("schemaVersion", 2).put("mediaType", MEDIA_TYPE).putArray("manifests");
    return new ReferrersIndex(json);
  }

  /** Empty if it is no index. */
  static Optional<ReferrersIndex> read(byte[] bytes) {
    try {
      return JSON.readTree(bytes) instanceof ObjectNode json && json.path("manifests").isArray()
          ? Optional.of(new ReferrersIndex(json))
          : Optional.empty();
    } catch (IOException notJson) {
      return Optional.empty();
    }
  }

  /** In order; entries without a digest that can be understood are left out. */
  List<Descriptor> descriptors() {
    List<Descriptor> found = new ArrayList<>();
    for (JsonNode entry : json.path("manifests")) {
      Digest.parse(entry.path("digest").asText(""))
          .map(d -> new Descriptor(entry.path("mediaType").asText(""), d, size(entry)))
          .ifPresent(found::add);
    }
    return found;
  }

  private static long size(JsonNode entry) {
    return Math.max(-1, entry.path("size").asLong(-1));
  }

  /** Empty if it is in there already. */
  Optional<ReferrersIndex> with(Referrer referrer) {
    if (descriptors().stream().anyMatch(d -> d.digest().equals(referrer.digest()))) {
      return Optional.empty();
    }
    ObjectNode more = json.deepCopy();
    ((ArrayNode) more.get("manifests")).add(referrer.json());
    return Optional.of(new ReferrersIndex(more));
  }

  byte[] bytes() {
    return json.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8);
  }
}
