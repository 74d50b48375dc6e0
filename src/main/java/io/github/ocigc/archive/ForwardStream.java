package io.github.ocigc.archive;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a tar from its beginning to its end, decompressed, with the position among them.
 * Skipping is free in a plain file and costs decompression in a compressed one. Not safe for
 * several threads.
 */
final class ForwardStream extends InputStream {
  private static final int BUFFER_BYTES = 1 << 16;

  private final FileChannel file;
  private final InputStream in;
  private final boolean seekable;
  private long position;
  private long allowed = Long.MAX_VALUE;
  private byte @Nullable [] skipped;

  private ForwardStream(FileChannel file, InputStream in, boolean seekable) {
    this.file = file;
    this.in = in;
    this.seekable = seekable;
  }

  /** Of a file that is plain or gzip, of one member or several. */
  static ForwardStream open(Path path, Compression compression) throws IOException {
    FileChannel file = FileChannel.open(path, StandardOpenOption.READ);
    InputStream raw = Channels.newInputStream(file);
    if (compression == Compression.NONE) {
      return new ForwardStream(file, raw, true);
    }
    try {
      return new ForwardStream(
          file,
          new GZIPInputStream(new BufferedInputStream(raw, BUFFER_BYTES), BUFFER_BYTES),
          false);
    } catch (IOException e) {
      file.close();
      throw e;
    }
  }

  /** How many bytes have gone by. */
  long position() {
    return position;
  }

  /** From here on so many bytes can be read, and then an exception comes. */
  void allow(long bytes) {
    allowed = bytes;
  }

  void allowAll() {
    allowed = Long.MAX_VALUE;
  }

  /** Goes on at a later position; an {@link EOFException} if it lies behind the end. */
  void skipTo(long target) throws IOException {
    if (target < position) {
      throw new IllegalArgumentException("a forward stream cannot go back to " + target);
    }
    if (seekable) {
      if (target > file.size()) {
        throw new EOFException("it ends after " + file.size() + " bytes, and goes on in its list");
      }
      file.position(target);
      position = target;
      return;
    }
    if (skipped == null) {
      skipped = new byte[BUFFER_BYTES];
    }
    while (position < target) {
      if (read(skipped, 0, (int) Math.min(skipped.length, target - position)) < 0) {
        throw new EOFException("it ends after " + position + " bytes, and goes on in its list");
      }
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int from, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (allowed <= 0) {
      throw new IOException("a header of it is longer than any that a tool writes");
    }
    int n = in.read(bytes, from, (int) Math.min(length, allowed));
    if (n > 0) {
      position += n;
      allowed -= n;
    }
    return n;
  }

  /** Never 0 before the end, which a reader could take for the end. */
  @Override
  public int available() throws IOException {
    return in.available();
  }

  @Override
  public void close() throws IOException {
    try {
      in.close();
    } finally {
      file.close();
    }
  }
}
