package io.github.ocigc.registry;

import io.github.ocigc.oci.OcigcException;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import org.jspecify.annotations.Nullable;

/**
 * A part of a blob on its way to a registry, read as it is sent. The connection's thread reads, the
 * uploading thread looks after it.
 */
final class BlobPayload implements Payload {
  private final BlobContent content;
  private final long from;
  private final long length;
  private final UploadProgress progress;
  private @Nullable Part part;
  private long seen;

  BlobPayload(BlobContent content, long from, long length, UploadProgress progress) {
    this.content = content;
    this.from = from;
    this.length = length;
    this.progress = progress;
  }

  @Override
  public BodyPublisher publisher() {
    if (length == 0) {
      return BodyPublishers.noBody();
    }
    close();
    seen = 0;
    progress.at(from);
    try {
      Part opened = new Part(content.open(from), length);
      part = opened;
      return BodyPublishers.fromPublisher(BodyPublishers.ofInputStream(() -> opened), length);
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  @Override
  public boolean advanced() {
    long sent = part == null ? 0 : part.given;
    boolean more = sent > seen;
    seen = sent;
    progress.at(from + sent);
    return more;
  }

  @Override
  public void check() {
    IOException trouble = part == null ? null : part.trouble;
    if (trouble != null) {
      throw unreadable(trouble);
    }
  }

  private static OcigcException unreadable(IOException e) {
    return new OcigcException.Refused(
        "The blob that is to be uploaded cannot be read (" + e.getMessage() + ").", e);
  }

  @Override
  public void close() {
    if (part != null) {
      try {
        part.close();
      } catch (IOException e) {
        return; // all that was wanted of it has been read, or the upload has failed already
      }
    }
  }

  /** Exactly so many bytes of a stream, or an error that is remembered. */
  private static final class Part extends FilterInputStream {
    private final long length;
    private volatile long given;
    private volatile @Nullable IOException trouble;
    private volatile boolean closed;

    Part(InputStream in, long length) {
      super(in);
      this.length = length;
    }

    @Override
    public void close() throws IOException {
      closed = true;
      super.close();
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
    public int read(byte[] into, int at, int most) throws IOException {
      if (given == length) {
        return -1;
      }
      try {
        int count = in.read(into, at, (int) Math.min(most, length - given));
        if (count < 0) {
          throw new EOFException("it ended " + (length - given) + " bytes early");
        }
        given += count;
        return count;
      } catch (IOException e) {
        if (!closed) { // or it is we who took the stream away
          trouble = e;
        }
        throw e;
      }
    }
  }
}
