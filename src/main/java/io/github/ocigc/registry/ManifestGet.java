package io.github.ocigc.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.ocigc.oci.Digest;
import io.github.ocigc.oci.Hash;
import io.github.ocigc.oci.OcigcException;
import java.io.IOException;
import java.util.Optional;

/** Gets a manifest and checks it (distribution-spec 1.1, "Pulling manifests"). */
final class ManifestGet {
  /** What most registries hold their manifests to. */
  static final int LIMIT = 4 * 1024 * 1024;

  static final String ACCEPT =
      String.join(
          ", ",
          "application/vnd.oci.image.manifest.v1+json",
          "application/vnd.oci.image.index.v1+json",
          "application/vnd.docker.distribution.manifest.v2+json",
          "application/vnd.docker.distribution.manifest.list.v2+json",
          "application/vnd.oci.artifact.manifest.v1+json",
          "application/json;q=0.5",
          "*/*;q=0.1");

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Line line;

  ManifestGet(Line line) {
    this.line = line;
  }

  /** Empty if it is not there. Throws Damaged if the bytes are not those that were asked for. */
  Optional<Manifest> find(Target target) {
    String doing = "Fetching the manifest " + target + " from " + line.place();
    Call call =
        Call.get(doing, line.uri("manifests/" + target), line.pulling()).with("Accept", ACCEPT);
    return line.attempts(doing).until(() -> attempt(call, target));
  }

  private Optional<Manifest> attempt(Call call, Target target) throws TransientFailure {
    try (Answer answer = line.once(call)) {
      if (answer.status() == 404) {
        return Optional.empty();
      }
      if (answer.status() != 200) {
        throw line.refused(call, answer);
      }
      return Optional.of(checked(call.doing(), target, answer));
    }
  }

  private static Manifest checked(String doing, Target target, Answer answer)
      throws TransientFailure {
    byte[] bytes = bytes(doing, answer);
    Optional<Digest> said = answer.header("Docker-Content-Digest").flatMap(Digest::parse);
    Optional<Digest> wanted = target.digest().or(() -> said);
    Digest found = Hash.of(bytes, wanted.map(Digest::algorithm).orElse("sha256"));
    if (wanted.isPresent() && !found.equals(wanted.get())) {
      throw new OcigcException.Damaged(
          doing
              + " failed: the registry sent "
              + bytes.length
              + " bytes whose digest is "
              + found
              + " and not "
              + wanted.get()
              + ". What it holds or a proxy on the way is damaged; nothing of it was used.");
    }
    String type = answer.mediaType();
    String inside = mediaType(bytes);
    if (isSchemaOne(type) || isSchemaOne(inside)) {
      throw new OcigcException.RegistryFailed(
          doing
              + " failed: it is an image of Docker's schema 1, which names no config and no sizes."
              + " Push it again with a tool of this decade, for example 'skopeo copy --format oci'.");
    }
    boolean saysNothing = type.isEmpty() || type.equals("application/json");
    return new Manifest(saysNothing && !inside.isEmpty() ? inside : type, found, bytes);
  }

  private static byte[] bytes(String doing, Answer answer) throws TransientFailure {
    try {
      byte[] bytes = answer.body().upTo(LIMIT);
      if (bytes.length > LIMIT) {
        throw new OcigcException.RegistryFailed(
            doing + " failed: it is longer than " + LIMIT + " bytes, which no manifest is.");
      }
      return bytes;
    } catch (IOException e) {
      throw NetworkTrouble.of(doing, answer.uri(), e);
    } catch (InterruptedException e) {
      throw Interruption.of(doing);
    }
  }

  private static boolean isSchemaOne(String mediaType) {
    return mediaType.startsWith("application/vnd.docker.distribution.manifest.v1+");
  }

  private static String mediaType(byte[] bytes) {
    try {
      JsonNode json = JSON.readTree(bytes);
      return json.path("mediaType").asText("");
    } catch (IOException notJson) {
      return "";
    }
  }
}
