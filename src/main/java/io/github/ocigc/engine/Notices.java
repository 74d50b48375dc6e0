package io.github.ocigc.engine;

/**
 * Told of what happens while a verb works, by the verb's own thread; while blobs are transferred,
 * by several.
 */
public interface Notices {
  Notices NONE = new Notices() {};

  /** A sentence for the person who waits: why this takes longer, what was found and put right. */
  default void note(String sentence) {}

  /** Work that goes on: {@code done} of a number that nobody knows yet. */
  default void progress(String what, long done) {}

  /** Blobs are about to be transferred. */
  default TransferProgress transfer() {
    return TransferProgress.NONE;
  }
}
