package io.github.ocigc.registry;

import io.github.ocigc.oci.Digest;
import java.util.Set;

/**
 * Asks whether a blob is there (distribution-spec 1.1, "Checking if content exists in the
 * registry"). A registry, or the storage that it redirects to, may refuse HEAD: then the first byte
 * is asked for.
 */
final class BlobHead {
  private static final Set<Integer> NO_HEAD = Set.of(400, 403, 405, 501);

  private final Line line;

  BlobHead(Line line) {
    this.line = line;
  }

  boolean isThere(Digest digest) {
    String doing = "Looking for the blob " + digest + " in " + line.place();
    Call get = Call.get(doing, line.uri("blobs/" + digest), line.pulling());
    try (Answer answer = line.insist(get.method("HEAD"))) {
      if (!NO_HEAD.contains(answer.status())) {
        return isThere(get, answer);
      }
    }
    try (Answer answer = line.insist(get.with("Range", "bytes=0-0"))) {
      boolean there = answer.status() == 206 || answer.status() == 416 || isThere(get, answer);
      answer.body().close(); // the whole may be on its way
      return there;
    }
  }

  private boolean isThere(Call call, Answer answer) {
    return switch (answer.status()) {
      case 200 -> true;
      case 404 -> false;
      default -> throw line.refused(call, answer);
    };
  }
}
