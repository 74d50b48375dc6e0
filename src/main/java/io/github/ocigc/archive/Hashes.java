package io.github.ocigc.archive;

import io.github.ocigc.oci.Digest;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** From bytes to digests. */
final class Hashes {
  private Hashes() {}

  /** The digest that we give to bytes that have none yet. */
  static Digest sha256(byte[] bytes) {
    return named("sha256", begin("SHA-256").digest(bytes));
  }

  /** A hash for {@link #finish}. */
  static MessageDigest beginSha256() {
    return begin("SHA-256");
  }

  static Digest finish(MessageDigest sha256) {
    return named("sha256", sha256.digest());
  }

  /** A hash of the digest's algorithm over nothing yet. */
  static MessageDigest begin(Digest digest) {
    return begin(digest.messageDigestName());
  }

  /** True if the hash is the one that the digest names. */
  static boolean match(Digest digest, MessageDigest hash) {
    return named(digest.algorithm(), hash.digest()).equals(digest);
  }

  static boolean match(Digest digest, byte[] bytes) {
    MessageDigest hash = begin(digest);
    hash.update(bytes);
    return match(digest, hash);
  }

  private static Digest named(String algorithm, byte[] hash) {
    return Digest.of(algorithm, HexFormat.of().formatHex(hash)).orElseThrow();
  }

  private static MessageDigest begin(String name) {
    try {
      return MessageDigest.getInstance(name);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no " + name, e);
    }
  }
}
