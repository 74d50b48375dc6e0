package io.github.ocigc.registry;

import io.github.ocigc.oci.Descriptor;
import io.github.ocigc.oci.Digest;
import java.util.Optional;

/**
 * Asks for a manifest's descriptor without its bytes (distribution-spec 1.1, "Checking if content
 * exists in the registry"). A registry that refuses HEAD or names no digest is asked for the whole.
 */
final class ManifestHead {
  private final Line line;

  ManifestHead(Line line) {
    this.line = line;
  }

  /** Empty if it is not there. */
  Optional<Descriptor> find(Target target) {
    String doing = "Looking for the manifest " + target + " in " + line.place();
    Call call =
        Call.get(doing, line.uri("manifests/" + target), line.pulling())
            .method("HEAD")
            .with("Accept", ManifestGet.ACCEPT);
    try (Answer answer = line.insist(call)) {
      if (answer.status() == 404) {
        return Optional.empty();
      }
      Optional<Digest> digest =
          target.digest().or(() -> answer.header("Docker-Content-Digest").flatMap(Digest::parse));
      if (answer.status() == 200 && digest.isPresent()) {
        long size = answer.announcedLength().orElse(-1);
        return Optional.of(new Descriptor(answer.mediaType(), digest.get(), size));
      }
      if (answer.status() != 200 && answer.status() != 405 && answer.status() != 501) {
        throw line.refused(call, answer);
      }
    }
    return new ManifestGet(line).find(target).map(Manifest::descriptor);
  }
}
