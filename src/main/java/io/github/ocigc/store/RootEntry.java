package io.github.ocigc.store;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;

/** A new entry of {@code index.json} (image-spec 1.1, image-index.md, "manifests"). */
final class RootEntry {
  private static final ObjectMapper JSON = new ObjectMapper();

  private RootEntry() {}

  /** The entry's JSON: a copy of one that names the same digest, under the new name. */
  static String text(IndexJson index, RootChange.Addition addition) {
    try {
      ObjectNode descriptor = JSON.createObjectNode();
      for (IndexJson.Entry entry : index.entries()) {
        if (entry.digest().equals(addition.digest().toString())) {
          descriptor = (ObjectNode) JSON.readTree(index.text(entry));
          break;
        }
      }
      if (!addition.mediaType().isEmpty()) {
        descriptor.put("mediaType", addition.mediaType()); // entries of one digest may differ in it
      }
      if (!descriptor.has("digest")) {
        descriptor.put("digest", addition.digest().toString());
        descriptor.put("size", addition.sizeBytes());
      }
      ObjectNode annotations =
          descriptor.get("annotations") instanceof ObjectNode given
              ? given
              : JSON.createObjectNode();
      annotations.remove(OciLayout.NAME_ANNOTATION);
      annotations.remove("io.containerd.image.name");
      if (!addition.name().isEmpty()) {
        annotations.put(OciLayout.NAME_ANNOTATION, addition.name());
      }
      if (annotations.isEmpty()) {
        descriptor.remove("annotations");
      } else {
        descriptor.set("annotations", annotations);
      }
      return JSON.writeValueAsString(descriptor);
    } catch (IOException e) {
      throw new IllegalStateException("an entry that was read before cannot be read again", e);
    }
  }
}
