package io.github.ocigc.engine;

import io.github.ocigc.ledger.Content;
import io.github.ocigc.ledger.LedgerRoot;
import io.github.ocigc.oci.Descriptor;
import io.github.ocigc.oci.Digest;
import io.github.ocigc.oci.OcigcException;
import io.github.ocigc.oci.Reference;
import io.github.ocigc.registry.Repository;
import io.github.ocigc.store.Refusals;
import io.github.ocigc.store.Store;
import java.io.IOException;
import java.io.InputStream;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Sending a parcel: blobs first, several at a time, then what holds them, the root last. */
final class Upload {
  private final Store store;
  private final Repository repository;
  private final Parcel parcel;
  private final MountSources mounts;
  private final TransferProgress progress;
  private final AtomicLong uploadedBlobs = new AtomicLong();
  private final AtomicLong uploadedBytes = new AtomicLong();
  private final AtomicLong mountedBlobs = new AtomicLong();
  private final AtomicLong existingBlobs = new AtomicLong();

  Upload(
      Store store,
      Repository repository,
      Parcel parcel,
      MountSources mounts,
      TransferProgress progress) {
    this.store = store;
    this.repository = repository;
    this.parcel = parcel;
    this.mounts = mounts;
    this.progress = progress;
  }

  void run(Reference to, Lanes lanes) {
    List<Parcel.Item> largestFirst =
        parcel.blobs().stream()
            .sorted(Comparator.comparingLong((Parcel.Item i) -> i.content().sizeBytes()).reversed())
            .toList();
    progress.planned(
        "push",
        largestFirst.size(),
        largestFirst.stream().mapToLong(item -> item.content().sizeBytes()).sum());
    try {
      lanes.forEach(largestFirst, this::send);
      for (Parcel.Item document : parcel.documents()) {
        send(document, to);
      }
      for (LedgerRoot tagged : parcel.tagged()) {
        put(tagOf(tagged), tagged.mediaType(), tagged.content());
      }
    } finally {
      progress.over();
    }
  }

  /** The last part of a name such as {@code host/repo:sha256-….sig}. */
  static String tagOf(LedgerRoot root) {
    String name = root.key().name();
    return name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf(':')) + 1);
  }

  private void send(Parcel.Item item) {
    Content blob = item.content();
    Digest digest = blob.digest();
    String how = "failed";
    progress.began(digest, blob.sizeBytes(), 0);
    try {
      if (repository.hasBlob(digest)) {
        existingBlobs.incrementAndGet();
        how = "exists";
      } else if (mounts.of(digest).stream().anyMatch(from -> repository.mountBlob(digest, from))) {
        mountedBlobs.incrementAndGet();
        how = "mounted";
      } else {
        requireHere(item);
        repository.uploadBlob(
            new Descriptor(item.mediaType(), digest, blob.sizeBytes()),
            from -> open(digest, from),
            bytes -> progress.moved(digest, bytes));
        uploadedBlobs.incrementAndGet();
        uploadedBytes.addAndGet(blob.sizeBytes());
        how = "pushed";
      }
    } finally {
      progress.ended(digest, how);
    }
  }

  private InputStream open(Digest digest, long from) throws IOException {
    InputStream in = store.blobs().open(digest);
    in.skipNBytes(from);
    return in;
  }

  private static void requireHere(Parcel.Item item) {
    if (!item.here()) {
      throw new OcigcException.NotFound(
          item.content().digest()
              + " belongs to the image and is neither in this store nor in the registry, so the"
              + " image was not pushed. Pull it first (ocigc-ledger pull --all-platforms), or push"
              + " a part of it by its digest ('ocigc-ledger tree' shows them).");
    }
  }

  private void send(Parcel.Item document, Reference to) {
    Content content = document.content();
    boolean root = content.id() == parcel.root().content().id();
    if (!root && repository.headManifest(content.digest().toString()).isPresent()) {
      existingBlobs.incrementAndGet();
      return;
    }
    requireHere(document);
    put(root ? to.target() : content.digest().toString(), document.mediaType(), content);
    uploadedBlobs.incrementAndGet();
    uploadedBytes.addAndGet(content.sizeBytes());
  }

  private void put(String tagOrDigest, String mediaType, Content content) {
    try (InputStream in = store.blobs().open(content.digest())) {
      repository.putManifest(tagOrDigest, mediaType, in.readAllBytes());
    } catch (IOException e) {
      throw Refusals.of("read", store.paths().blob(content.digest()), e);
    }
  }

  long uploadedBlobs() {
    return uploadedBlobs.get();
  }

  long uploadedBytes() {
    return uploadedBytes.get();
  }

  long mountedBlobs() {
    return mountedBlobs.get();
  }

  long existingBlobs() {
    return existingBlobs.get();
  }
}
