package io.github.ocigc.store;

import io.github.ocigc.oci.BlobSink;
import io.github.ocigc.oci.Digest;
import io.github.ocigc.oci.Hash;
import io.github.ocigc.oci.OcigcException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;

/**
 * One blob on its way in: hashed while it is written to a file of its transfer's, fsynced, and put
 * in its place by a rename. Used by one thread at a time.
 */
public final class Ingest implements BlobSink, AutoCloseable {
  private static final int BUFFER_BYTES = 1 << 16;

  private final BlobFolder blobs;
  private final Digest digest;
  private final Path file;
  private final FileChannel channel;
  private final MessageDigest hash;
  private long position;

  Ingest(BlobFolder blobs, Digest digest, Path file) throws IOException {
    this.blobs = blobs;
    this.digest = digest;
    this.file = file;
    this.hash = Hash.begin(digest);
    this.channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            LinkOption.NOFOLLOW_LINKS);
    hashWhatIsHere();
  }

  private void hashWhatIsHere() throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
    while (channel.read(buffer) >= 0) {
      buffer.flip();
      position += buffer.remaining();
      hash.update(buffer);
      buffer.clear();
    }
  }

  @Override
  public long position() {
    return position;
  }

  @Override
  public void write(ByteBuffer bytes) throws IOException {
    hash.update(bytes.duplicate());
    while (bytes.hasRemaining()) {
      position += channel.write(bytes);
    }
  }

  @Override
  public void restart() throws IOException {
    channel.truncate(0);
    channel.position(0);
    hash.reset();
    position = 0;
  }

  /**
   * All bytes have come: checks them, makes them durable and puts the blob in its place. The
   * folder's own fsync is left to {@link BlobFolder#sync}, once for many blobs.
   *
   * @throws OcigcException.Damaged if they are not the blob's; then they are thrown away
   */
  public void finish() {
    try {
      Digest came = Hash.finish(digest, hash);
      if (!came.equals(digest)) {
        restart();
        throw new OcigcException.Damaged(
            "What came as "
                + digest
                + " hashes to "
                + came.encoded()
                + "; it was thrown away. Whoever sent it has it damaged, or something on the way"
                + " changed it: try again, then ask those who run the registry.");
      }
      channel.force(true);
      channel.close();
      blobs.place(file, digest);
    } catch (IOException e) {
      throw Refusals.of("write the blob", file, e);
    }
  }

  /** Leaves an unfinished blob in its transfer's folder. A second call does nothing. */
  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw Refusals.of("close", file, e);
    }
  }
}
