package io.github.ocigc.transfer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ocigc.fixture.AtRest;
import io.github.ocigc.fixture.FakeRegistry;
import io.github.ocigc.fixture.Item;
import io.github.ocigc.fixture.KraftFixture;
import io.github.ocigc.fixture.LayoutFixture;
import io.github.ocigc.fixture.Offer;
import io.github.ocigc.fixture.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A registry with unikernel packages, and an empty KraftKit store. */
final class KraftScene implements AutoCloseable {
  static final ObjectMapper JSON = new ObjectMapper();

  final FakeRegistry registry = FakeRegistry.start();
  final LayoutFixture images;
  final Offer offer;
  final KraftFixture store;
  final Program program;

  KraftScene(Path folder) {
    images = new LayoutFixture(folder.resolve("images"));
    offer = new Offer(registry, images);
    store = new KraftFixture(folder.resolve("runtime/oci"));
    program = new Program(store.root());
  }

  /** A package's manifest, of a kernel that all share and a layer of its own. */
  Item manifest(String label, String platform) {
    Item kernel = images.layer("kernel");
    Item initrd = images.layer("initrd of " + label);
    ObjectNode config = JSON.createObjectNode();
    String[] parts = platform.split("/", -1);
    config.put("os", parts[0]).put("architecture", parts[1]).put("label", label);
    ArrayNode diffIds = config.putObject("rootfs").put("type", "layers").putArray("diff_ids");
    ObjectNode manifest = JSON.createObjectNode();
    manifest.put("schemaVersion", 2).put("mediaType", LayoutFixture.MANIFEST);
    manifest.set("config", images.json(LayoutFixture.CONFIG, config).descriptor());
    ArrayNode layers = manifest.putArray("layers");
    for (Item layer : List.of(kernel, initrd)) {
      diffIds.add(layer.digest());
      layers.add(layer.descriptor());
    }
    return images.json(LayoutFixture.MANIFEST, manifest);
  }

  /** The index that a name's link leads to. */
  Path indexFile(String name) {
    try {
      return Files.readSymbolicLink(store.link(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String indexDigest(String name) {
    Path file = indexFile(name);
    return file.getParent().getFileName() + ":" + file.getFileName();
  }

  JsonNode index(String name) {
    try {
      return JSON.readTree(indexFile(name).toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Digests in a name's index. */
  List<String> children(String name) {
    return index(name).path("manifests").findValuesAsText("digest");
  }

  void assertAtRest() {
    AtRest.assertNothingLeft(store.root());
  }

  @Override
  public void close() {
    registry.close();
  }
}
