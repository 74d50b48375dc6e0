package io.github.ocigc.archive;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ocigc.archive.ImageSource.Named;
import io.github.ocigc.oci.Descriptor;
import io.github.ocigc.oci.Digest;
import io.github.ocigc.oci.Hash;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What {@code docker save} wrote before version 25, and {@code podman save} and skopeo's
 * docker-archive write today: configs and layers with paths, without an OCI manifest. Each image is
 * given one (image-spec 1.1, manifest.md), the same bytes for the same archive each time.
 */
final class DockerArchive {
  static final String LIST = "manifest.json";
  private static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";
  private static final String CONFIG = "application/vnd.oci.image.config.v1+json";

  private static final long MOST_BUILT_BYTES = 64 << 20;

  private final TarContents contents;
  private final String shown;
  private final DockerPaths paths;
  private final List<Named> images = new ArrayList<>();
  private final Map<Digest, Extent> blobs = new HashMap<>();
  private final Map<Digest, byte[]> built = new HashMap<>();

  private long builtBytes;

  private DockerArchive(TarContents contents) {
    this.contents = contents;
    this.shown = contents.file().shown();
    this.paths = new DockerPaths(contents);
  }

  static ImageSource of(TarContents contents, Runnable atClose) {
    DockerArchive archive = new DockerArchive(contents);
    archive.understand();
    return new TarSource(contents, archive.images, archive.blobs, archive.built, atClose);
  }

  private void understand() {
    List<DockerEntry> entries =
        DockerEntry.read(shown, contents.document(LIST, Extent.of(paths.file(LIST))));
    Set<TarEntry> layers = new LinkedHashSet<>();
    for (DockerEntry entry : entries) {
      entry.layers().forEach(path -> layers.add(paths.file(path)));
    }
    Map<TarEntry, Descriptor> hashed = DockerLayers.hash(contents, layers);
    hashed.forEach((layer, known) -> blobs.putIfAbsent(known.digest(), Extent.of(layer)));
    for (DockerEntry entry : entries) {
      image(entry, entry.layers().stream().map(path -> hashed.get(paths.file(path))).toList());
    }
  }

  private void image(DockerEntry entry, List<Descriptor> layers) {
    TarEntry configFile = paths.file(entry.config());
    byte[] config = contents.document(entry.config(), Extent.of(configFile));
    checkDiffIds(entry, config, layers);
    Descriptor configDescriptor = new Descriptor(CONFIG, Hash.sha256(config), config.length);
    blobs.putIfAbsent(configDescriptor.digest(), Extent.of(configFile));
    byte[] manifest = manifest(configDescriptor, layers);
    Descriptor described = new Descriptor(MANIFEST, Hash.sha256(manifest), manifest.length);
    keep(described.digest(), manifest);
    if (entry.names().isEmpty()) {
      images.add(new Named("", described));
    }
    entry.names().forEach(name -> images.add(new Named(name, described)));
  }

  /** A short list can name the same layers in many orders, each of them a long manifest. */
  private void keep(Digest digest, byte[] manifest) {
    if (built.putIfAbsent(digest, manifest) == null) {
      builtBytes += manifest.length;
    }
    if (builtBytes > MOST_BUILT_BYTES) {
      throw Trouble.unusable(shown, "lists more images than any archive of images");
    }
  }

  /** The config names the hash of each uncompressed layer (image-spec 1.1, config.md). */
  private void checkDiffIds(DockerEntry entry, byte[] config, List<Descriptor> layers) {
    JsonNode ids;
    try {
      ids = Json.MAPPER.readTree(config).path("rootfs").path("diff_ids");
    } catch (IOException e) {
      throw damaged(entry, "cannot be read: " + Trouble.reason(e));
    }
    if (ids.size() != layers.size()) {
      throw damaged(
          entry,
          "has " + ids.size() + " layers in its rootfs, and manifest.json names " + layers.size());
    }
    for (int i = 0; i < layers.size(); i++) {
      String expected = ids.path(i).asText();
      Descriptor layer = layers.get(i);
      if (DockerLayers.isPlain(layer) && !layer.digest().toString().equals(expected)) {
        throw damaged(
            entry,
            "expects "
                + Trouble.quoted(expected)
                + " as layer "
                + (i + 1)
                + ", and "
                + Trouble.quoted(entry.layers().get(i))
                + " is "
                + layer.digest());
      }
    }
  }

  private RuntimeException damaged(DockerEntry entry, String why) {
    return Trouble.damaged(shown, "the config " + Trouble.quoted(entry.config()) + " " + why);
  }

  private static byte[] manifest(Descriptor config, List<Descriptor> layers) {
    ObjectNode manifest = Json.MAPPER.createObjectNode();
    manifest.put("schemaVersion", 2).put("mediaType", MANIFEST);
    describe(manifest.putObject("config"), config);
    ArrayNode list = manifest.putArray("layers");
    layers.forEach(layer -> describe(list.addObject(), layer));
    try {
      return Json.MAPPER.writeValueAsBytes(manifest);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of texts and numbers cannot be written", e);
    }
  }

  private static void describe(ObjectNode node, Descriptor of) {
    node.put("mediaType", of.mediaType());
    node.put("digest", of.digest().toString());
    node.put("size", of.sizeBytes());
  }
}
