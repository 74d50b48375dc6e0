package io.github.ocigc.store;

import io.github.ocigc.oci.Digest;

/**
 * One root of a store, as its disk names it.
 *
 * @param name the name that people use; empty for an untagged entry of an {@code index.json}
 * @param digest what it names
 * @param mediaType as the root's descriptor says; empty if it says nothing
 * @param stamp changes when the named file is edited in place, which KraftKit does to its indexes;
 *     empty where contents are immutable
 */
public record Root(String name, Digest digest, String mediaType, String stamp) {
  /**
   * What identifies a root: one name may stand for several digests, and a digest for many names.
   */
  public Key key() {
    return new Key(name, digest);
  }

  /** A root's identity. An empty name means untagged. */
  public record Key(String name, Digest digest) {
    public boolean tagged() {
      return !name.isEmpty();
    }

    /** The name, or the digest of what has none. */
    @Override
    public String toString() {
      return tagged() ? name : digest.toString();
    }
  }
}
