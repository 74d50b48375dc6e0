package io.github.ocigc.archive;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ocigc.oci.Digest;
import io.github.ocigc.oci.Hash;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** An archive as {@code docker save} wrote it before version 25, under construction. */
final class DockerTar {
  final TarBuilder tar = new TarBuilder();
  private final ArrayNode list = Json.MAPPER.createArrayNode();

  /** A layer's bytes: any bytes are good enough, because nobody looks into a layer. */
  static byte[] layer(String text) {
    return text.repeat(700).getBytes(StandardCharsets.UTF_8);
  }

  static String id(byte[] bytes) {
    return Hash.sha256(bytes).toString();
  }

  DockerTar file(String path, byte[] bytes) {
    tar.file(path, bytes);
    return this;
  }

  /** Writes a config, and lists an image of it; no names give null, as docker writes it. */
  Digest image(List<String> paths, List<String> diffIds, String... names) {
    ObjectNode config = Json.MAPPER.createObjectNode();
    config.put("architecture", "amd64").put("os", "linux");
    ArrayNode ids = config.putObject("rootfs").put("type", "layers").putArray("diff_ids");
    diffIds.forEach(ids::add);
    byte[] bytes = config.toString().getBytes(StandardCharsets.UTF_8);
    Digest digest = Hash.sha256(bytes);
    tar.file(digest.encoded() + ".json", bytes);
    list(digest.encoded() + ".json", paths, names);
    return digest;
  }

  DockerTar list(String config, List<String> paths, String... names) {
    ObjectNode entry = list.addObject().put("Config", config);
    if (names.length == 0) {
      entry.putNull("RepoTags");
    } else {
      ArrayNode tags = entry.putArray("RepoTags");
      List.of(names).forEach(tags::add);
    }
    ArrayNode layers = entry.putArray("Layers");
    paths.forEach(layers::add);
    return this;
  }

  /** With manifest.json at the end, where docker puts it. */
  TarBuilder done() {
    return tar.file("manifest.json", list.toString());
  }
}
