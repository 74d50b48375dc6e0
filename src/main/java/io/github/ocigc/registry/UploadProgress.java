package io.github.ocigc.registry;

import java.util.function.LongConsumer;

/** Tells how far an upload is, forwards and backwards. Used by the uploading thread. */
final class UploadProgress {
  private final LongConsumer moved;
  private long told;

  UploadProgress(LongConsumer moved) {
    this.moved = moved;
  }

  /** So many bytes of the blob are with the registry now, as far as one can see. */
  void at(long bytes) {
    if (bytes != told) {
      long step = bytes - told;
      told = bytes;
      moved.accept(step);
    }
  }
}
