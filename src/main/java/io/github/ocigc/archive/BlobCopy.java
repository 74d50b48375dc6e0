package io.github.ocigc.archive;

import io.github.ocigc.oci.BlobSink;
import io.github.ocigc.oci.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/** Carries the bytes of blobs from a source to their sinks. Not safe for several threads. */
final class BlobCopy {
  private final byte[] buffer = new byte[1 << 17];
  private final String shown;
  private final ImageSource.Sinks sinks;

  BlobCopy(String shown, ImageSource.Sinks sinks) {
    this.shown = shown;
    this.sinks = sinks;
  }

  /** Takes exactly {@code size} bytes; fewer are damage. */
  void copy(InputStream in, Digest digest, long size) {
    BlobSink sink = begin(digest, size);
    long left = size;
    while (left > 0) {
      int n = read(in, digest, size, left);
      write(sink, digest, n);
      left -= n;
    }
    try {
      sinks.end(digest);
    } catch (IOException e) {
      throw Trouble.refused("keep", digest, e);
    }
  }

  private BlobSink begin(Digest digest, long size) {
    try {
      BlobSink sink = sinks.begin(digest, size);
      if (sink.position() != 0) {
        sink.restart();
      }
      return sink;
    } catch (IOException e) {
      throw Trouble.refused("make room for", digest, e);
    }
  }

  private int read(InputStream in, Digest digest, long size, long left) {
    int n;
    try {
      n = in.read(buffer, 0, (int) Math.min(buffer.length, left));
    } catch (IOException e) {
      throw Trouble.unreadable(shown, e);
    }
    if (n < 0) {
      throw Trouble.damaged(
          shown, digest + " ends after " + (size - left) + " of its " + size + " bytes");
    }
    return n;
  }

  private void write(BlobSink sink, Digest digest, int n) {
    try {
      sink.write(ByteBuffer.wrap(buffer, 0, n));
    } catch (IOException e) {
      throw Trouble.refused("write", digest, e);
    }
  }
}
