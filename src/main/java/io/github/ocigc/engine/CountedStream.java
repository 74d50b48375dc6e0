package io.github.ocigc.engine;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongConsumer;

/** Tells how many bytes have been read. */
final class CountedStream extends FilterInputStream {
  private final LongConsumer moved;

  CountedStream(InputStream in, LongConsumer moved) {
    super(in);
    this.moved = moved;
  }

  @Override
  public int read() throws IOException {
    int read = super.read();
    if (read >= 0) {
      moved.accept(1);
    }
    return read;
  }

  @Override
  public int read(byte[] bytes, int from, int length) throws IOException {
    int read = super.read(bytes, from, length);
    if (read > 0) {
      moved.accept(read);
    }
    return read;
  }
}
