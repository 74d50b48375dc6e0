package io.github.ocigc.engine;

import io.github.ocigc.ledger.Content;
import io.github.ocigc.ledger.LedgerRoot;
import io.github.ocigc.oci.Descriptor;
import io.github.ocigc.oci.Digest;
import io.github.ocigc.oci.OcigcException;
import io.github.ocigc.oci.Reference;
import io.github.ocigc.registry.Repository;
import io.github.ocigc.store.Store;
import java.io.IOException;
import java.io.InputStream;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** Sending a parcel: blobs first, several at a time, then what holds them, the root last. */
final class Upload {
  private final Store store;
  private final Repository repository;
  private final Parcel parcel;
  private final MountSources mounts;
  private final TransferProgress progress;
  private final OutgoingContents contents;
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
    this.contents = new OutgoingContents(store);
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
        upload(item);
        uploadedBlobs.incrementAndGet();
        uploadedBytes.addAndGet(blob.sizeBytes());
        how = "pushed";
      }
    } finally {
      progress.ended(digest, how);
    }
  }

  private void upload(Parcel.Item item) {
    Digest digest = item.content().digest();
    contents.requireHere(item);
    try {
      repository.uploadBlob(
          new Descriptor(item.mediaType(), digest, item.content().sizeBytes()),
          from -> open(digest, from),
          bytes -> progress.moved(digest, bytes));
    } catch (OcigcException.RegistryFailed e) {
      contents.requireTrue(digest); // is it the registry's fault, or our file's?
      throw e;
    }
  }

  private InputStream open(Digest digest, long from) throws IOException {
    InputStream in = store.blobs().open(digest);
    in.skipNBytes(from);
    return in;
  }

  private void send(Parcel.Item document, Reference to) {
    Content content = document.content();
    boolean root = content.id() == parcel.root().content().id();
    String target = root ? to.target() : content.digest().toString();
    Optional<Descriptor> there = repository.headManifest(target);
    if (there.isPresent() && there.get().digest().equals(content.digest())) {
      existingBlobs.incrementAndGet();
      return;
    }
    contents.requireHere(document);
    put(target, document.mediaType(), content);
    uploadedBlobs.incrementAndGet();
    uploadedBytes.addAndGet(content.sizeBytes());
  }

  private void put(String tagOrDigest, String mediaType, Content content) {
    byte[] bytes = contents.document(content.digest());
    repository.putManifest(
        tagOrDigest, mediaType.isEmpty() ? MediaType.of(bytes) : mediaType, bytes);
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
