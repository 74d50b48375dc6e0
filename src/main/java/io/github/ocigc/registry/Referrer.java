package io.github.ocigc.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ocigc.oci.Digest;

/**
 * A descriptor in a list of referrers (distribution-spec 1.1, "Listing Referrers").
 *
 * @param json as it stands in the list
 */
record Referrer(Digest digest, ObjectNode json) {
  /** The descriptor of a manifest, with its type and annotations as the spec wants them. */
  static Referrer of(String mediaType, Digest digest, long size, JsonNode manifest) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("mediaType", mediaType).put("digest", digest.toString()).put("size", size);
    String type = manifest.path("artifactType").asText("");
    String config = manifest.path("config").path("mediaType").asText("");
    if (!type.isEmpty() || !config.isEmpty()) {
      json.put("artifactType", type.isEmpty() ? config : type);
    }
    if (manifest.path("annotations").isObject() && !manifest.path("annotations").isEmpty()) {
      json.set("annotations", manifest.path("annotations"));
    }
    return new Referrer(digest, json);
  }
}
