package io.github.ocigc.registry;

import io.github.ocigc.oci.Digest;
import java.net.URI;
import java.util.Optional;

/**
 * Asks a registry to take a blob from another of its repositories (distribution-spec 1.1, "Mounting
 * a blob from another repository"). Whatever stands in its way, the blob can still be uploaded.
 */
final class BlobMount {
  private final Line line;

  BlobMount(Line line) {
    this.line = line;
  }

  /** False if the registry did not; an upload that it began instead is cancelled. */
  boolean mount(Digest digest, String from) {
    String doing = "Mounting the blob " + digest + " from " + from + " in " + line.place();
    URI uri = line.uri("blobs/uploads/?mount=" + digest + "&from=" + from);
    Scopes scopes = line.pushing().and(Scopes.pull(from));
    Call call = Call.get(doing, uri, scopes).method("POST");
    Optional<URI> begun;
    try (Answer answer = line.insist(call)) {
      switch (answer.status()) {
        case 201 -> {
          return true;
        }
        case 202 -> begun = UploadSession.location(answer);
        case 400, 401, 403, 404, 405, 501 -> {
          return false;
        }
        default -> throw line.refused(call, answer);
      }
    }
    begun.ifPresent(location -> new UploadSession(location, 0, 0).cancel(line, doing));
    return false;
  }
}
