package io.github.ocigc.engine;

import io.github.ocigc.oci.Platform;
import java.util.Optional;

/**
 * How to delete.
 *
 * @param dryRun plan, and change nothing
 * @param keepReferrers signatures and the like stay, as untagged roots
 * @param platform only this platform of an index, which stays and becomes sparse
 */
public record DeleteOptions(boolean dryRun, boolean keepReferrers, Optional<Platform> platform) {
  public static final DeleteOptions PLAIN = new DeleteOptions(false, false, Optional.empty());
}
