package io.github.ocigc.store;

import io.github.ocigc.oci.Digest;
import io.github.ocigc.oci.RootKey;
import java.util.List;

/**
 * What is to change about a store's roots, in one step as far as the store allows.
 *
 * @param drop roots that go
 * @param add roots that come; each takes over what the disk says of {@code like}, if that is a root
 */
public record RootChange(List<RootKey> drop, List<Addition> add) {
  public RootChange {
    drop = List.copyOf(drop);
    add = List.copyOf(add);
  }

  public boolean isEmpty() {
    return drop.isEmpty() && add.isEmpty();
  }

  /**
   * A root that comes.
   *
   * @param name empty for an untagged root
   * @param mediaType for the descriptor, where no root with this digest stands on disk yet
   */
  public record Addition(String name, Digest digest, String mediaType, long sizeBytes) {}
}
