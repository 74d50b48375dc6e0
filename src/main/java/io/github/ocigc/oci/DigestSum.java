package io.github.ocigc.oci;

/**
 * How many digests, and their first 64 bits combined by XOR: equal for the same digests in whatever
 * order, and for others by a chance of one in 2<sup>64</sup>.
 */
public record DigestSum(long count, long xor) {
  public static final DigestSum NONE = new DigestSum(0, 0);

  public DigestSum with(Digest digest) {
    return new DigestSum(count + 1, xor ^ digest.prefix());
  }

  /** {@code digest} is among them. */
  public DigestSum without(Digest digest) {
    return new DigestSum(count - 1, xor ^ digest.prefix());
  }

  /** A record's own comparison is put together anew in each process. */
  public boolean sameAs(DigestSum other) {
    return count == other.count && xor == other.xor;
  }
}
