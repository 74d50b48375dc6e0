package io.github.ocigc.archive;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ocigc.oci.Digest;
import io.github.ocigc.oci.OcigcException;
import io.github.ocigc.oci.Reference;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;

/**
 * The {@code manifest.json} that docker, from version 25 on, puts beside an {@code index.json}: it
 * points to the same blobs, so that one archive is an OCI archive and a docker archive at once.
 */
public final class DockerManifestJson {
  private static final Set<String> CONFIGS =
      Set.of(
          "application/vnd.oci.image.config.v1+json",
          "application/vnd.docker.container.image.v1+json");

  private DockerManifestJson() {}

  /**
   * For an archive of this one image. Empty if docker could not load it: an index, an artifact, an
   * image whose layers are not all in the archive.
   *
   * @param name goes in as docker writes it, with {@code latest} for a missing tag; left out if it
   *     is empty or not a name that docker allows
   */
  public static Optional<byte[]> of(byte[] imageManifest, String name) {
    try {
      JsonNode manifest = Json.MAPPER.readTree(imageManifest);
      Optional<String> config = config(manifest.path("config"));
      if (config.isEmpty() || !manifest.path("layers").isArray()) {
        return Optional.empty();
      }
      ArrayNode list = Json.MAPPER.createArrayNode();
      ObjectNode image = list.addObject().put("Config", config.get());
      repoTag(name)
          .ifPresentOrElse(
              tag -> image.putArray("RepoTags").add(tag), () -> image.putNull("RepoTags"));
      ArrayNode layers = image.putArray("Layers");
      for (JsonNode layer : manifest.path("layers")) {
        Optional<String> path = layer(layer);
        if (path.isEmpty()) {
          return Optional.empty();
        }
        layers.add(path.get());
      }
      return Optional.of(write(list));
    } catch (IOException noManifest) {
      return Optional.empty();
    }
  }

  private static byte[] write(ArrayNode list) throws JsonProcessingException {
    return Json.MAPPER.writeValueAsBytes(list);
  }

  private static Optional<String> config(JsonNode descriptor) {
    return CONFIGS.contains(descriptor.path("mediaType").asText())
        ? path(descriptor)
        : Optional.empty();
  }

  private static Optional<String> layer(JsonNode descriptor) {
    String type = descriptor.path("mediaType").asText();
    boolean here =
        type.startsWith("application/vnd.oci.image.layer.v1.tar")
            || type.startsWith("application/vnd.docker.image.rootfs.diff.tar");
    return here ? path(descriptor) : Optional.empty();
  }

  private static Optional<String> path(JsonNode descriptor) {
    return Digest.parse(descriptor.path("digest").asText()).map(BlobPath::of);
  }

  /** As docker shows it: what it fills in by itself is left away, but never the tag. */
  private static Optional<String> repoTag(String name) {
    try {
      Reference reference = Reference.parse(name);
      String place = reference.place();
      for (String assumed : new String[] {"docker.io/library/", "docker.io/"}) {
        if (place.startsWith(assumed)) {
          place = place.substring(assumed.length());
          break;
        }
      }
      return reference.tag().isEmpty()
          ? Optional.empty()
          : Optional.of(place + ":" + reference.tag());
    } catch (OcigcException.Unusable noDockerName) {
      return Optional.empty();
    }
  }
}
