package io.github.ocigc.ledger;

import io.github.ocigc.oci.Digest;
import io.github.ocigc.oci.Role;
import io.github.ocigc.oci.Size;
import java.util.List;
import java.util.Optional;

/**
 * All that is on disk and which roots reach it: what a picture of the store is drawn from.
 *
 * @param roots in the order of {@link LedgerView#usages}
 * @param blobs each once, in no order
 */
public record StoreMap(List<RootUsage> roots, List<Blob> blobs) {
  public StoreMap {
    roots = List.copyOf(roots);
    blobs = List.copyOf(blobs);
  }

  /**
   * A blob on disk.
   *
   * @param condemned about to be removed
   * @param leased held by a transfer under way, if by no root
   * @param role in what holds it; empty if no manifest does
   * @param reachedBy numbers in {@link StoreMap#roots} of the roots that reach it, but for weak
   *     ones
   */
  public record Blob(
      Digest digest,
      Size size,
      boolean condemned,
      boolean leased,
      Optional<Role> role,
      List<Integer> reachedBy) {
    public Blob {
      reachedBy = List.copyOf(reachedBy);
    }
  }
}
