package io.github.ocigc.store;

import io.github.ocigc.oci.Digest;
import io.github.ocigc.oci.RootKey;
import java.util.List;
import java.util.Set;

/**
 * What is to change about a store's roots, in one step as far as the store allows.
 *
 * @param drop roots that go
 * @param add roots that come, none of those that go: that would stand on the disk, and a ledger
 *     that takes in first and drops afterwards would not have it. Each takes over what the disk
 *     says of another root with this digest, if there is one
 */
public record RootChange(List<RootKey> drop, List<Addition> add) {
  public RootChange {
    drop = List.copyOf(drop);
    add = List.copyOf(add);
    if (!add.isEmpty()) {
      Set<RootKey> dropped = Set.copyOf(drop);
      for (Addition root : add) {
        if (dropped.contains(new RootKey(root.name(), root.digest()))) {
          throw new IllegalArgumentException("to go and to come: " + root);
        }
      }
    }
  }

  public boolean isEmpty() {
    return drop.isEmpty() && add.isEmpty();
  }

  /**
   * A root that comes.
   *
   * @param name empty for an untagged root
   * @param mediaType for the descriptor; empty to leave it as that of another root is
   */
  public record Addition(String name, Digest digest, String mediaType, long sizeBytes) {}
}
