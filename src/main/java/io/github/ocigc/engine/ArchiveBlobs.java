package io.github.ocigc.engine;

import io.github.ocigc.archive.ImageSource;
import io.github.ocigc.oci.BlobSink;
import io.github.ocigc.oci.Descriptor;
import io.github.ocigc.oci.Digest;
import io.github.ocigc.oci.OcigcException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Blobs of an archive, in its order, read once from its beginning to its end. */
final class ArchiveBlobs implements BlobSupply {
  private final ImageSource source;

  ArchiveBlobs(ImageSource source) {
    this.source = source;
  }

  @Override
  public void supply(List<Descriptor> missing, Reception reception) {
    Map<Digest, Descriptor> wanted = new LinkedHashMap<>();
    for (Descriptor blob : missing) {
      if (source.size(blob.digest()).isPresent()) {
        requireLength(blob, source.size(blob.digest()).getAsLong());
        wanted.put(blob.digest(), blob);
      } else {
        reception.lacks(
            blob,
            new OcigcException.NotFound(
                blob.digest() + " belongs to the image and is not in the archive."));
      }
    }
    try (Sinks sinks = new Sinks(wanted, reception)) {
      source.read(wanted.keySet(), sinks);
    }
  }

  private static void requireLength(Descriptor blob, long bytes) {
    if (blob.sizeBytes() >= 0 && blob.sizeBytes() != bytes) {
      throw new OcigcException.Damaged(
          "The archive has %d bytes of %s; the image says %d. It is damaged: make it again."
              .formatted(bytes, blob.digest(), blob.sizeBytes()));
    }
  }

  private static final class Sinks implements ImageSource.Sinks, AutoCloseable {
    private final Map<Digest, Descriptor> wanted;
    private final Reception reception;
    private @Nullable Incoming current;

    Sinks(Map<Digest, Descriptor> wanted, Reception reception) {
      this.wanted = wanted;
      this.reception = reception;
    }

    @Override
    public BlobSink begin(Digest digest, long size) throws IOException {
      Incoming incoming = reception.begin(Objects.requireNonNull(wanted.get(digest)));
      current = incoming;
      incoming.sink().restart();
      return new Counting(incoming);
    }

    @Override
    public void end(Digest digest) {
      Incoming incoming = Objects.requireNonNull(current);
      if (!incoming.finish("imported")) {
        throw new IllegalStateException("an archive gives every blob from its beginning");
      }
      close();
    }

    @Override
    public void close() {
      if (current != null) {
        current.close();
        current = null;
      }
    }
  }

  private record Counting(Incoming incoming) implements BlobSink {
    @Override
    public long position() {
      return incoming.sink().position();
    }

    @Override
    public void write(java.nio.ByteBuffer bytes) throws IOException {
      int count = bytes.remaining();
      incoming.sink().write(bytes);
      incoming.moved(count);
    }

    @Override
    public void restart() throws IOException {
      incoming.sink().restart();
    }
  }
}
