package io.github.ocigc.engine;

import io.github.ocigc.oci.Digest;

/**
 * Told how a transfer of blobs goes on. Called by several threads at once; every blob that began
 * also ends, in success or not. Sizes are bytes as the descriptors say.
 */
public interface TransferProgress {
  TransferProgress NONE = new TransferProgress() {};

  /** What is to be moved, once, before the first blob. */
  default void planned(String what, int blobs, long bytes) {}

  /** A blob's transfer begins, or goes on at {@code from} bytes where an earlier one broke off. */
  default void began(Digest digest, long bytes, long from) {}

  /** So many more bytes of the blob have been moved; negative where it starts again. */
  default void moved(Digest digest, long bytes) {}

  /**
   * No more will be said of this blob. {@code how} is one word: pulled, mounted, exists, failed.
   */
  default void ended(Digest digest, String how) {}

  /** The transfer is over, however it ended. */
  default void over() {}
}
