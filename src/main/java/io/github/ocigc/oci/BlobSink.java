package io.github.ocigc.oci;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Takes the bytes of one blob, in order, and hashes them as they come. Used by one thread at a
 * time. Whoever made it checks the hash when all bytes have been given, and only then is the blob
 * anything to anybody.
 */
public interface BlobSink {
  /** How many bytes it has, those of an earlier transfer that broke off among them. */
  long position();

  /** Appends all that remains in the buffer. */
  void write(ByteBuffer bytes) throws IOException;

  /** Forgets all bytes: the next one is the blob's first. */
  void restart() throws IOException;
}
