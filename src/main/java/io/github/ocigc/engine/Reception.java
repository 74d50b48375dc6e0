package io.github.ocigc.engine;

import io.github.ocigc.oci.BlobSink;
import io.github.ocigc.oci.Descriptor;
import io.github.ocigc.oci.Digest;
import io.github.ocigc.oci.OcigcException;
import io.github.ocigc.store.BlobFolder;
import io.github.ocigc.store.Ingest;
import io.github.ocigc.store.Refusals;
import io.github.ocigc.store.Transfer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongConsumer;

/**
 * Where blobs come in: verified, durable but for their folder's entry, and counted. Thread-safe.
 */
final class Reception {
  private final Transfer transfer;
  private final BlobFolder blobs;
  private final Parts parts;
  private final TransferProgress progress;
  private final Set<Digest> brought = ConcurrentHashMap.newKeySet();
  private final Set<Digest> absent = ConcurrentHashMap.newKeySet();

  Reception(Transfer transfer, BlobFolder blobs, Parts parts, TransferProgress progress) {
    this.transfer = transfer;
    this.blobs = blobs;
    this.parts = parts;
    this.progress = progress;
  }

  /** These are about to come. */
  void expects(String verb, List<Descriptor> missing) {
    long bytes = missing.stream().mapToLong(blob -> Math.max(0, blob.sizeBytes())).sum();
    progress.planned(verb, missing.size(), bytes);
  }

  /** Nothing more comes. */
  void over() {
    progress.over();
  }

  /** The source has no such blob: rethrows, unless the image can do without it. */
  void lacks(Descriptor blob, OcigcException.NotFound e) {
    if (parts.needs(blob.digest())) {
      throw e;
    }
    absent.add(blob.digest());
  }

  /** Takes a manifest or index, whose bytes have been checked. */
  void write(Image.Part part) {
    try (Ingest in = transfer.ingest(blobs, part.descriptor().digest())) {
      in.restart();
      in.write(ByteBuffer.wrap(part.bytes()));
      in.finish();
      brought.add(part.descriptor().digest());
    } catch (IOException e) {
      throw Refusals.of("write in", transfer.folder(), e);
    }
  }

  /** Gives a blob's bytes from {@link BlobSink#position} on, and tells how many have moved. */
  interface Filler {
    void fill(BlobSink sink, LongConsumer moved);
  }

  /**
   * Takes one blob.
   *
   * @throws OcigcException.Damaged if the bytes are not the blob's
   */
  void take(Descriptor blob, String how, Filler filler) {
    try (Incoming in = begin(blob)) {
      if (!in.complete()) {
        filler.fill(in.sink(), in::moved);
      }
      if (!in.finish(how)) {
        filler.fill(in.sink(), in::moved);
        in.finish(how);
      }
    }
  }

  /** Begins to take a blob whose bytes come at somebody else's pace. */
  Incoming begin(Descriptor blob) {
    Ingest ingest = transfer.ingest(blobs, blob.digest());
    progress.began(blob.digest(), blob.sizeBytes(), ingest.position());
    return new Incoming(blob, ingest, progress, brought);
  }

  /** What has come so far. */
  Set<Digest> brought() {
    return Set.copyOf(brought);
  }

  /** What the source has not and the image does without. */
  Set<Digest> absent() {
    return Set.copyOf(absent);
  }
}
