package io.github.ocigc.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.ocigc.oci.Digest;
import io.github.ocigc.oci.Hash;
import io.github.ocigc.oci.OcigcException;
import java.io.IOException;
import java.util.Optional;

/**
 * Pushes a manifest (distribution-spec 1.1, "Pushing manifests" and "Pushing manifests with
 * subject"): where the registry keeps no referrers itself, the fallback tag is brought up to date.
 */
final class ManifestPut {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Line line;
  private final FallbackTag fallback;

  ManifestPut(Line line, FallbackTag fallback) {
    this.line = line;
    this.fallback = fallback;
  }

  void put(Target target, String mediaType, byte[] bytes) {
    Optional<Digest> wanted = target.digest();
    String algorithm = wanted.map(Digest::algorithm).orElse("sha256");
    Digest digest = Hash.of(bytes, algorithm);
    if (wanted.isPresent() && !wanted.get().equals(digest)) {
      throw new OcigcException.Damaged(
          "The manifest that is to be pushed as " + target + " is " + digest + "; it is damaged.");
    }
    boolean kept = push(line, target, mediaType, bytes);
    Optional<JsonNode> document = read(bytes);
    Optional<Digest> subject =
        document.flatMap(d -> Digest.parse(d.path("subject").path("digest").asText("")));
    if (!kept && subject.isPresent()) {
      fallback.add(subject.get(), Referrer.of(mediaType, digest, bytes.length, document.get()));
    }
  }

  /** True if the registry says that it keeps track of the subject. */
  static boolean push(Line line, Target target, String mediaType, byte[] bytes) {
    String doing = "Pushing the manifest " + target + " to " + line.place();
    Call call =
        Call.get(doing, line.uri("manifests/" + target), line.pushing())
            .method("PUT")
            .with("Content-Type", mediaType)
            .carrying(Payload.of(bytes));
    try (Answer answer = line.insist(call)) {
      if (answer.status() / 100 != 2) {
        throw line.refused(call, answer);
      }
      return answer.header("OCI-Subject").isPresent();
    }
  }

  private static Optional<JsonNode> read(byte[] bytes) {
    try {
      return Optional.of(JSON.readTree(bytes)).filter(JsonNode::isObject);
    } catch (IOException notJson) {
      return Optional.empty();
    }
  }
}
