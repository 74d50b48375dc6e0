package io.github.ocigc.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ocigc.ledger.LedgerRoot;
import io.github.ocigc.ledger.LedgerView;
import io.github.ocigc.oci.Descriptor;
import io.github.ocigc.oci.Digest;
import io.github.ocigc.oci.Hash;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The index that kraft would write for a package: one level, the platforms that are here, two
 * spaces of indent and a newline at the end. The registry's own index is not kept: kraft would not
 * read it.
 */
final class KraftIndex {
  private static final String INDEX_TYPE = "application/vnd.oci.image.index.v1+json";
  private static final String MANIFEST_TYPE = "application/vnd.oci.image.manifest.v1+json";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final OpenStore open;

  KraftIndex(OpenStore open) {
    this.open = open;
  }

  /**
   * The image with such an index in the place of those it came with. Platforms that an earlier pull
   * of the same name brought stay in it, as long as the registry's index still names them.
   */
  Image shaped(Image image) {
    Image.Entry entry = image.entries().get(0);
    Set<Digest> here = pulledBefore(entry.name());
    Image shaped = new Image();
    Map<String, JsonNode> manifests = new LinkedHashMap<>();
    ObjectNode annotations = JSON.createObjectNode();
    for (Image.Part part : image.documents()) {
      JsonNode document = tree(part.bytes());
      if (part.descriptor().digest().equals(entry.descriptor().digest())) {
        annotations = own(document.path("annotations"), entry.name());
      }
      if (document.path("manifests").isArray()) {
        for (JsonNode child : document.path("manifests")) {
          Optional<Digest> digest = Digest.parse(child.path("digest").asText());
          if (digest.isPresent() && (isImage(image, digest.get()) || here.contains(digest.get()))) {
            manifests.putIfAbsent(digest.get().toString(), child);
          }
        }
      } else {
        shaped.addDocument(part);
        if (image.documents().size() == 1 || isRoot(image, part)) {
          manifests.putIfAbsent(
              part.descriptor().digest().toString(), descriptor(part.descriptor(), document));
        }
      }
    }
    image.blobs().forEach(blob -> shaped.addBlob(blob, !image.isOptional(blob.digest())));
    ObjectNode index = JSON.createObjectNode();
    index.put("schemaVersion", 2);
    index.put("mediaType", INDEX_TYPE);
    ArrayNode list = index.putArray("manifests");
    manifests.values().forEach(list::add);
    index.set("annotations", annotations);
    byte[] bytes = written(index);
    Descriptor descriptor = new Descriptor(INDEX_TYPE, Hash.sha256(bytes), bytes.length);
    shaped.addDocument(new Image.Part(descriptor, bytes));
    shaped.addEntry(entry.name(), descriptor);
    return shaped;
  }

  private static boolean isRoot(Image image, Image.Part part) {
    return image.entries().get(0).descriptor().digest().equals(part.descriptor().digest());
  }

  private static boolean isImage(Image image, Digest digest) {
    return image.documents().stream()
        .anyMatch(
            part ->
                part.descriptor().digest().equals(digest)
                    && !tree(part.bytes()).path("manifests").isArray());
  }

  /** The manifests, present with all they hold, of the index that has the name now. */
  private Set<Digest> pulledBefore(String name) {
    LedgerView view = open.ledger().view();
    Set<Digest> manifests = new HashSet<>();
    for (LedgerRoot root : view.rootsNamed(name)) {
      view.below(List.of(root.content().id())).stream()
          .map(below -> below.content().digest())
          .filter(digest -> open.store().blobs().stat(digest).isPresent())
          .forEach(manifests::add);
    }
    return manifests;
  }

  /** The manifest's own words, and the platform that it gives for its config. */
  private static ObjectNode descriptor(Descriptor descriptor, JsonNode manifest) {
    ObjectNode node = JSON.createObjectNode();
    node.put(
        "mediaType", descriptor.mediaType().isEmpty() ? MANIFEST_TYPE : descriptor.mediaType());
    node.put("digest", descriptor.digest().toString());
    node.put("size", descriptor.sizeBytes());
    if (manifest.path("annotations").isObject()) {
      node.set("annotations", manifest.path("annotations"));
    }
    if (manifest.path("config").path("platform").isObject()) {
      node.set("platform", manifest.path("config").path("platform"));
    }
    return node;
  }

  private static ObjectNode own(JsonNode given, String name) {
    ObjectNode annotations = JSON.createObjectNode();
    if (given instanceof ObjectNode source) {
      annotations.setAll(source);
    }
    annotations.put("io.containerd.image.name", name);
    annotations.put("org.opencontainers.image.ref.name", name.substring(0, name.lastIndexOf(':')));
    return annotations;
  }

  private static JsonNode tree(byte[] bytes) {
    try {
      return JSON.readTree(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // it has been read as a document before
    }
  }

  /** As Go's encoder writes it. */
  private static byte[] written(ObjectNode index) {
    DefaultPrettyPrinter printer =
        new DefaultPrettyPrinter(
            Separators.createDefaultInstance()
                .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
                .withObjectEmptySeparator("")
                .withArrayEmptySeparator(""));
    printer.indentArraysWith(new DefaultIndenter("  ", "\n"));
    printer.indentObjectsWith(new DefaultIndenter("  ", "\n"));
    try {
      String text = JSON.writer(printer).writeValueAsString(index);
      return (text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e") + "\n")
          .getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
