package io.github.ocigc.archive;

import io.github.ocigc.oci.BlobSink;
import io.github.ocigc.oci.Digest;
import io.github.ocigc.oci.Hash;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

/** Sinks that keep everything in memory, and insist on the hashes. */
final class Collected implements ImageSource.Sinks {
  final Map<Digest, byte[]> blobs = new LinkedHashMap<>();
  private final Map<Digest, Sink> open = new LinkedHashMap<>();

  @Override
  public BlobSink begin(Digest digest, long size) {
    Sink sink = new Sink(size);
    open.put(digest, sink);
    return sink;
  }

  @Override
  public void end(Digest digest) {
    Sink sink = open.remove(digest);
    if (sink.size != sink.position() || !Hash.match(digest, sink.bytes.toByteArray())) {
      throw new AssertionError(digest + " came with other bytes");
    }
    blobs.put(digest, sink.bytes.toByteArray());
  }

  private static final class Sink implements BlobSink {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final long size;

    Sink(long size) {
      this.size = size;
    }

    @Override
    public long position() {
      return bytes.size();
    }

    @Override
    public void write(ByteBuffer more) {
      byte[] copy = new byte[more.remaining()];
      more.get(copy);
      bytes.writeBytes(copy);
    }

    @Override
    public void restart() {
      bytes.reset();
    }
  }
}
