package io.github.ocigc.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * A buffer of the heap to or from a file, a slice at a time: Java copies it through memory outside
 * of the heap, and takes as much of that, cleared, as one call has bytes. A slice's is kept for the
 * next.
 */
final class ChannelSlices {
  private static final int SLICE_BYTES = 1 << 16;

  private ChannelSlices() {}

  /** Reads until the buffer is full or the file ends. */
  static void fill(FileChannel in, ByteBuffer bytes) throws IOException {
    int limit = bytes.limit();
    int read = 0;
    while (read >= 0 && bytes.position() < limit) {
      bytes.limit(Math.min(limit, bytes.position() + SLICE_BYTES));
      read = in.read(bytes);
    }
    bytes.limit(limit);
  }

  /** Writes all of the buffer. */
  static void drain(ByteBuffer bytes, FileChannel out) throws IOException {
    int limit = bytes.limit();
    while (bytes.position() < limit) {
      bytes.limit(Math.min(limit, bytes.position() + SLICE_BYTES));
      out.write(bytes);
    }
  }
}
