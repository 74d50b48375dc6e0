package io.github.ocigc.peers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** An OCI layout that is written by umoci and skopeo, and asked with them. */
record PeerLayout(Path root) {
  private static final ObjectMapper JSON = new ObjectMapper();

  static PeerLayout init(Path root) {
    Peer.UMOCI.run("init", "--layout", root.toString());
    return new PeerLayout(root);
  }

  /** An image of one layer, made of files under {@code /base}. */
  PeerLayout base(String tag) {
    Peer.UMOCI.run("new", "--image", root + ":" + tag);
    return insert(tag, "base");
  }

  /** A second image that begins with the layers of the first and has one layer more. */
  PeerLayout derive(String from, String tag) {
    Peer.UMOCI.run("tag", "--image", root + ":" + from, tag);
    return insert(tag, tag);
  }

  private PeerLayout insert(String tag, String folder) {
    try {
      Path files = Files.createTempDirectory(root.toAbsolutePath().getParent(), "rootfs");
      Files.createDirectories(files.resolve("etc"));
      Files.writeString(files.resolve("etc/motd"), "welcome to " + folder + "\n");
      Files.writeString(files.resolve("payload"), (folder + " ").repeat(2_000));
      Peer.UMOCI.run(
          "insert", "--rootless", "--image", root + ":" + tag, files.toString(), "/" + folder);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Removes the blobs that umoci itself has left behind while it built. */
  PeerLayout collected() {
    Peer.UMOCI.run("gc", "--layout", root.toString());
    return this;
  }

  List<String> names() {
    return Peer.UMOCI.run("ls", "--layout", root.toString()).lines().sorted().toList();
  }

  /** What umoci says of an image. */
  JsonNode stat(String tag) {
    return json(Peer.UMOCI.run("stat", "--json", "--image", root + ":" + tag));
  }

  /** The digest that skopeo finds when it reads the image with its config. */
  String digest(String tag) {
    return Peer.SKOPEO.run("inspect", "--format", "{{.Digest}}", reference(tag)).strip();
  }

  /** The manifest's bytes as skopeo reads them. */
  byte[] manifest(String tag) {
    return Peer.SKOPEO.run("inspect", "--raw", reference(tag)).getBytes(StandardCharsets.UTF_8);
  }

  /** Has skopeo copy an image, every byte of it, which it checks against the digests. */
  void copyTo(PeerLayout other, String tag, String newTag) {
    Peer.SKOPEO.run("copy", reference(tag), other.reference(newTag));
  }

  private String reference(String tag) {
    return "oci:" + root + ":" + tag;
  }

  /** The layers of an image anywhere, unpacked, as skopeo reads them from its config. */
  static List<String> diffIds(String reference) {
    List<String> ids = new ArrayList<>();
    json(Peer.SKOPEO.run("inspect", "--config", reference))
        .path("rootfs")
        .path("diff_ids")
        .forEach(id -> ids.add(id.asText()));
    return ids;
  }

  static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException("not JSON: " + text, e);
    }
  }
}
