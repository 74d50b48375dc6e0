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
import java.util.Objects;
import java.util.Set;

/**
 * The index that kraft would write for a package: one level, the platforms that are here, two
 * spaces of indent and a newline at the end. The registry's own index is not kept: kraft would not
 * read it.
 */
final class KraftIndex {
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
    Digest root = entry.descriptor().digest();
    Map<Digest, JsonNode> documents = new LinkedHashMap<>();
    image.documents().forEach(p -> documents.put(p.descriptor().digest(), tree(p.bytes())));
    Set<Digest> here = pulledBefore(entry.name());
    documents.forEach(
        (digest, document) -> {
          if (!isIndex(document)) {
            here.add(digest);
          }
        });
    Image shaped = new Image();
    Map<String, JsonNode> manifests = new LinkedHashMap<>();
    ObjectNode annotations = JSON.createObjectNode();
    for (Image.Part part : image.documents()) {
      JsonNode document = Objects.requireNonNull(documents.get(part.descriptor().digest()));
      boolean isRoot = part.descriptor().digest().equals(root);
      if (isRoot) {
        annotations = own(document.path("annotations"), entry.name());
      }
      if (isIndex(document)) {
        for (JsonNode child : document.path("manifests")) {
          String digest = child.path("digest").asText();
          if (Digest.parse(digest).filter(here::contains).isPresent()) {
            manifests.putIfAbsent(digest, child);
          }
        }
      } else {
        shaped.addDocument(part);
        if (isRoot) {
          manifests.putIfAbsent(root.toString(), descriptor(part.descriptor(), document));
        }
      }
    }
    image.blobs().forEach(blob -> shaped.addBlob(blob, !image.isOptional(blob.digest())));
    ObjectNode index = JSON.createObjectNode();
    index.put("schemaVersion", 2);
    index.put("mediaType", MediaType.INDEX);
    ArrayNode list = index.putArray("manifests");
    manifests.values().forEach(list::add);
    index.set("annotations", annotations);
    byte[] bytes = written(index);
    Descriptor descriptor = new Descriptor(MediaType.INDEX, Hash.sha256(bytes), bytes.length);
    shaped.addDocument(new Image.Part(descriptor, bytes));
    shaped.addEntry(entry.name(), descriptor);
    return shaped;
  }

  private static boolean isIndex(JsonNode document) {
    return document.path("manifests").isArray();
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
        "mediaType",
        descriptor.mediaType().isEmpty() ? MediaType.IMAGE_MANIFEST : descriptor.mediaType());
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
