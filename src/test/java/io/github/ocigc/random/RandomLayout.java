package io.github.ocigc.random;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ocigc.fixture.Item;
import io.github.ocigc.fixture.LayoutFixture;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * A small OCI layout drawn by chance: indexes in indexes, shared and doubled layers, referrers of
 * referrers, circles through {@code subject}, fallback tags, absent contents, duplicate names,
 * untagged roots, leftovers, unknown media types, sha512.
 */
final class RandomLayout {
  private static final List<String> MANIFEST_TYPES =
      List.of(
          LayoutFixture.MANIFEST,
          "application/vnd.docker.distribution.manifest.v2+json",
          "application/vnd.example.thing.v1+json");
  private static final List<String> PLATFORMS = List.of("amd64", "arm64", "amd64", "");
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  final LayoutFixture layout;
  final List<Item> documents = new ArrayList<>();
  private final Random random;
  private final List<Item> leaves = new ArrayList<>();
  private int serial;

  RandomLayout(Path root, Random random) {
    this.layout = new LayoutFixture(root);
    this.random = random;
  }

  RandomLayout fill() {
    int layers = 2 + random.nextInt(5);
    for (int i = 0; i < layers; i++) {
      addLeaf();
    }
    int count = 2 + random.nextInt(8);
    for (int i = 0; i < count; i++) {
      documents.add(random.nextInt(3) == 0 ? index() : manifest());
    }
    for (Item item : documents) {
      if (random.nextInt(12) == 0) {
        layout.remove(item);
      }
    }
    if (random.nextInt(4) == 0) {
      layout.remove(leaves.get(random.nextInt(leaves.size())));
    }
    int roots = 1 + random.nextInt(8);
    for (int i = 0; i < roots; i++) {
      addRoot();
    }
    return this;
  }

  private void addLeaf() {
    String algorithm = random.nextInt(4) == 0 ? "sha512" : "sha256";
    byte[] bytes = ("layer " + serial++).getBytes(StandardCharsets.UTF_8);
    leaves.add(layout.blob(algorithm, LayoutFixture.LAYER, bytes));
  }

  /** A manifest of one to three layers, twice the same now and then, some with a subject. */
  Item manifest() {
    ObjectNode manifest = JSON.objectNode();
    manifest.put("schemaVersion", 2).put("serial", serial++);
    manifest.set("config", config().descriptor());
    ArrayNode layers = manifest.putArray(random.nextInt(8) == 0 ? "blobs" : "layers");
    int count = random.nextInt(4);
    for (int i = 0; i < count; i++) {
      layers.add(leaves.get(random.nextInt(leaves.size())).descriptor());
    }
    anyDocument(3).ifPresent(subject -> manifest.set("subject", subject.descriptor()));
    String type = MANIFEST_TYPES.get(Math.max(0, random.nextInt(6) - 3));
    return layout.json(type, manifest.put("mediaType", type));
  }

  private Item config() {
    ObjectNode config = JSON.objectNode();
    config.put("config", random.nextInt(2) == 0 ? -1 : serial++);
    return layout.json(LayoutFixture.CONFIG, config);
  }

  /** An index of up to three children; its subject may be one of them. */
  Item index() {
    ObjectNode index = JSON.objectNode();
    index.put("schemaVersion", 2).put("mediaType", LayoutFixture.INDEX).put("serial", serial++);
    ArrayNode children = index.putArray("manifests");
    int count = random.nextInt(4);
    for (int i = 0; i < count; i++) {
      String platform = PLATFORMS.get((serial + i) % PLATFORMS.size());
      anyDocument(1).ifPresent(child -> children.add(of(platform, child.descriptor())));
    }
    anyDocument(3).ifPresent(subject -> index.set("subject", subject.descriptor()));
    return layout.json(LayoutFixture.INDEX, index);
  }

  private static ObjectNode of(String architecture, ObjectNode descriptor) {
    if (!architecture.isEmpty()) {
      descriptor.putObject("platform").put("os", "linux").put("architecture", architecture);
    }
    return descriptor;
  }

  /** One of the documents so far, in one case of {@code odds}. */
  private Optional<Item> anyDocument(int odds) {
    return documents.isEmpty() || random.nextInt(odds) > 0
        ? Optional.empty()
        : Optional.of(documents.get(random.nextInt(documents.size())));
  }

  private Item document() {
    return documents.get(random.nextInt(documents.size()));
  }

  void addRoot() {
    Item item = document();
    switch (random.nextInt(8)) {
      case 0, 1 -> layout.untagged(item);
      case 2 -> layout.tag(item, document().digest().replace(':', '-'));
      case 3 -> layout.tag(item, document().digest().replace(':', '-') + ".sig");
      default -> layout.tag(item, "t" + random.nextInt(8));
    }
  }
}
