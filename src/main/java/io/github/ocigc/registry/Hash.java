package io.github.ocigc.registry;

import io.github.ocigc.oci.Digest;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The digest of bytes that are all there. */
final class Hash {
  private Hash() {}

  static Digest of(byte[] bytes, String algorithm) {
    try {
      String name = algorithm.equals("sha512") ? "SHA-512" : "SHA-256";
      String hex = HexFormat.of().formatHex(MessageDigest.getInstance(name).digest(bytes));
      return Digest.of(algorithm, hex).orElseThrow();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-2", e);
    }
  }
}
