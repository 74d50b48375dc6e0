package io.github.ocigc.oci;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The name of a content: an algorithm and the encoded hash (OCI image-spec 1.1, descriptor.md,
 * "Digests").
 *
 * <p>Only the registered algorithms {@code sha256} and {@code sha512} are accepted, with exactly
 * their lower-case hex length. A digest is turned into a path, so this check is also what keeps a
 * hostile document inside the store.
 */
public final class Digest implements Comparable<Digest> {
  /** 1 for what is no lower-case hex digit. */
  private static final byte[] FOREIGN = new byte[256];

  static {
    Arrays.fill(FOREIGN, (byte) 1);
    for (byte digit : "0123456789abcdef".getBytes(StandardCharsets.ISO_8859_1)) {
      FOREIGN[digit] = 0;
    }
  }

  private final String algorithm;
  private final String encoded;

  private Digest(String algorithm, String encoded) {
    this.algorithm = algorithm;
    this.encoded = encoded;
  }

  /** Reads {@code algorithm:encoded}; empty for anything that is not a registered digest. */
  public static Optional<Digest> parse(String text) {
    int colon = text.indexOf(':');
    return colon < 0 ? Optional.empty() : of(text.substring(0, colon), text.substring(colon + 1));
  }

  /** As {@link #parse}, from the two path elements below a blob folder. */
  public static Optional<Digest> of(String algorithm, String encoded) {
    return switch (algorithm) { // the words here, so that a million digests share them
      case "sha256" -> of("sha256", encoded, 64);
      case "sha512" -> of("sha512", encoded, 128);
      default -> Optional.empty();
    };
  }

  private static Optional<Digest> of(String algorithm, String encoded, int length) {
    return isLowerHex(encoded, length)
        ? Optional.of(new Digest(algorithm, encoded))
        : Optional.empty();
  }

  private static boolean isLowerHex(String text, int length) {
    if (text.length() != length) {
      return false;
    }
    int foreign = 0; // no branch for each: what comes next in a hash cannot be predicted
    for (byte c : text.getBytes(StandardCharsets.ISO_8859_1)) {
      foreign |= FOREIGN[c & 0xff];
    }
    return foreign == 0;
  }

  public String algorithm() {
    return algorithm;
  }

  /** The hash in lower-case hex. */
  public String encoded() {
    return encoded;
  }

  /** The first 64 bits of the hash. */
  public long prefix() {
    return Long.parseUnsignedLong(encoded, 0, 16, 16);
  }

  @Override
  public int compareTo(Digest other) {
    int byAlgorithm = algorithm.compareTo(other.algorithm);
    return byAlgorithm != 0 ? byAlgorithm : encoded.compareTo(other.encoded);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Digest digest
        && encoded.equals(digest.encoded)
        && algorithm.equals(digest.algorithm);
  }

  @Override
  public int hashCode() {
    return encoded.hashCode();
  }

  /** The canonical text, {@code algorithm:encoded}. */
  @Override
  public String toString() {
    return algorithm + ":" + encoded;
  }
}
