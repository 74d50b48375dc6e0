package io.github.ocigc.oci;

import org.jspecify.annotations.Nullable;

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
  /** By hand: what records have by themselves is spun anew in every process. */
  @Override
  public int hashCode() {
    return 31 * name.hashCode() + digest.hashCode();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof RootKey key && name.equals(key.name) && digest.equals(key.digest);
  }

  @Override
  public String toString() {
    return tagged() ? name : digest.toString();
  }
}
