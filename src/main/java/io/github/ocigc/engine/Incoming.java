package io.github.ocigc.engine;

import io.github.ocigc.oci.BlobSink;
import io.github.ocigc.oci.Descriptor;
import io.github.ocigc.oci.Digest;
import io.github.ocigc.oci.OcigcException;
import io.github.ocigc.store.Ingest;
import java.util.Set;

/** One blob that is coming in. Used by one thread. */
final class Incoming implements AutoCloseable {
  private final Descriptor blob;
  private final Ingest ingest;
  private final TransferProgress progress;
  private final Set<Digest> brought;
  private boolean resumed;
  private String how = "failed";

  Incoming(Descriptor blob, Ingest ingest, TransferProgress progress, Set<Digest> brought) {
    this.blob = blob;
    this.ingest = ingest;
    this.progress = progress;
    this.brought = brought;
    this.resumed = ingest.position() > 0;
  }

  BlobSink sink() {
    return ingest;
  }

  /** True if an earlier transfer left all of its bytes. */
  boolean complete() {
    return resumed && ingest.position() == blob.sizeBytes();
  }

  void moved(long bytes) {
    progress.moved(blob.digest(), bytes);
  }

  /**
   * All bytes are there. False if they are not the blob's and an earlier transfer's were among
   * them: then it begins again, once.
   *
   * @throws OcigcException.Damaged if they are not the blob's
   */
  boolean finish(String done) {
    long came = ingest.position();
    try {
      ingest.finish();
    } catch (OcigcException.Damaged e) {
      if (!resumed) {
        throw e;
      }
      resumed = false;
      moved(-came);
      return false;
    }
    brought.add(blob.digest());
    how = done;
    return true;
  }

  @Override
  public void close() {
    try (ingest) {
      progress.ended(blob.digest(), how);
    }
  }
}
