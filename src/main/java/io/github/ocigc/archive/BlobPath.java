package io.github.ocigc.archive;

import io.github.ocigc.oci.Digest;
import java.util.Optional;

/** {@code blobs/<algorithm>/<encoded>} (image-spec 1.1, image-layout.md). */
final class BlobPath {
  private static final String BLOBS = "blobs/";

  private BlobPath() {}

  static String of(Digest digest) {
    return BLOBS + digest.algorithm() + "/" + digest.encoded();
  }

  /** Empty for all that lies elsewhere or has a name that is no digest. */
  static Optional<Digest> parse(String path) {
    int slash = path.lastIndexOf('/');
    return path.startsWith(BLOBS) && slash > BLOBS.length()
        ? Digest.of(path.substring(BLOBS.length(), slash), path.substring(slash + 1))
        : Optional.empty();
  }
}
