package io.github.ocigc.engine;

import io.github.ocigc.oci.Digest;
import io.github.ocigc.oci.Finding;
import io.github.ocigc.oci.Hash;
import io.github.ocigc.store.Refusals;
import io.github.ocigc.store.Store;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.util.Optional;

/** Hashing a blob to see whether its bytes are what its name says. */
final class ByteCheck {
  private static final int BUFFER_BYTES = 1 << 17;

  private ByteCheck() {}

  /** A finding if what the bytes hash to is not the name. */
  static Optional<Finding> mismatch(Store store, Digest digest, Digest found) {
    return found.equals(digest)
        ? Optional.empty()
        : finding(store, digest, "its bytes hash to " + found);
  }

  /** A finding if the bytes do not hash to the name or cannot be read. */
  static Optional<Finding> mismatch(Store store, Digest digest) {
    Path path = store.paths().blob(digest);
    BasicFileAttributes file;
    try {
      file = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    } catch (IOException e) {
      return Optional.empty(); // reported by its form
    }
    if (!file.isRegularFile()) {
      return Optional.empty(); // likewise
    }
    try (InputStream in = Files.newInputStream(path, LinkOption.NOFOLLOW_LINKS)) {
      MessageDigest hash = Hash.begin(digest);
      // no longer than the file: clearing a whole one takes longer than hashing a manifest
      byte[] buffer = new byte[(int) Math.max(1, Math.min(file.size(), BUFFER_BYTES))];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        hash.update(buffer, 0, n);
      }
      Digest found = Hash.finish(digest, hash);
      return mismatch(store, digest, found);
    } catch (IOException e) {
      return finding(store, digest, "cannot be read: " + Refusals.reason(e));
    }
  }

  private static Optional<Finding> finding(Store store, Digest digest, String detail) {
    return Optional.of(
        new Finding(
            Finding.Kind.DIGEST_MISMATCH,
            digest.toString(),
            store.paths().show(store.paths().blob(digest)),
            detail));
  }
}
