package io.github.ocigc.oci;

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
  public RootKey key() {
    return new RootKey(name, digest);
  }
}
