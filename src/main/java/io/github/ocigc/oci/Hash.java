package io.github.ocigc.oci;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** From bytes to digests (image-spec 1.1, descriptor.md, "Registered Algorithms"). */
public final class Hash {
  private static final String SHA256 = "sha256";

  private Hash() {}

  /** The digest that we give to bytes that have none yet. */
  public static Digest sha256(byte[] bytes) {
    return of(bytes, SHA256);
  }

  /** The digest of bytes that are all there; {@code algorithm} is a registered one. */
  public static Digest of(byte[] bytes, String algorithm) {
    return named(algorithm, begin(algorithm).digest(bytes));
  }

  /** A hash for {@link #finish}. */
  public static MessageDigest beginSha256() {
    return begin(SHA256);
  }

  /** A hash of the digest's algorithm over nothing yet. */
  public static MessageDigest begin(Digest digest) {
    return begin(digest.algorithm());
  }

  /** The digest of what went into a hash from {@link #beginSha256}. */
  public static Digest finish(MessageDigest sha256) {
    return named(SHA256, sha256.digest());
  }

  /** The digest of what went into a hash that began with {@code wanted}, which it may equal. */
  public static Digest finish(Digest wanted, MessageDigest hash) {
    return named(wanted.algorithm(), hash.digest());
  }

  /** True if these are the digest's bytes. */
  public static boolean match(Digest digest, byte[] bytes) {
    return of(bytes, digest.algorithm()).equals(digest);
  }

  private static Digest named(String algorithm, byte[] hash) {
    return Digest.of(algorithm, HexFormat.of().formatHex(hash)).orElseThrow();
  }

  private static MessageDigest begin(String algorithm) {
    String name = algorithm.equals("sha512") ? "SHA-512" : "SHA-256";
    try {
      return MessageDigest.getInstance(name);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has " + name, e);
    }
  }
}
