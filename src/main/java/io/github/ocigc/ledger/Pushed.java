package io.github.ocigc.ledger;

import io.github.ocigc.oci.Digest;
import java.time.Instant;

/**
 * A manifest or index that was pushed.
 *
 * @param tag empty if it was pushed by its digest
 * @param at when last
 */
public record Pushed(Digest digest, String registry, String repository, String tag, Instant at) {
  /** The whole name that it has there. */
  public String target() {
    return registry + "/" + repository + (tag.isEmpty() ? "@" + digest : ":" + tag);
  }
}
