package io.github.ocigc.oci;

/**
 * A root's identity: one name may stand for several digests, and a digest for many names.
 *
 * @param name empty for an untagged root
 */
public record RootKey(String name, Digest digest) {
  public boolean tagged() {
    return !name.isEmpty();
  }

  /** The name, or the digest of what has none. */
  @Override
  public String toString() {
    return tagged() ? name : digest.toString();
  }
}
