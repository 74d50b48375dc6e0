package io.github.ocigc.registry;

import io.github.ocigc.oci.OcigcException;

/** A thread was told to stop while it waited for a registry. */
final class Interruption {
  private Interruption() {}

  /** What to throw then; the thread's flag is set again. */
  static OcigcException of(String doing) {
    Thread.currentThread().interrupt();
    return OcigcException.RegistryFailed.forNow(
        doing + " was interrupted; it can be started again.");
  }
}
