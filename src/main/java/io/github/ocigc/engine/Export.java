package io.github.ocigc.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ocigc.archive.DockerManifestJson;
import io.github.ocigc.archive.Format;
import io.github.ocigc.archive.ImageTarget;
import io.github.ocigc.ledger.Content;
import io.github.ocigc.ledger.Event;
import io.github.ocigc.ledger.LedgerRoot;
import io.github.ocigc.oci.Digest;
import io.github.ocigc.oci.OcigcException;
import io.github.ocigc.store.Refusals;
import io.github.ocigc.store.Store;
import io.github.ocigc.store.Transfer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Writing an image, with all of it that is here, to a layout folder or an archive that skopeo,
 * podman and docker read. A lease keeps it whole meanwhile; the file appears when it is complete.
 */
public final class Export {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path folder;
  private final Options options;

  public Export(Path folder, Options options) {
    this.folder = folder;
    this.options = options;
  }

  /**
   * Exports what {@code text} names.
   *
   * @param replace a file that is there
   * @param referrers also what speaks of it
   * @throws OcigcException.NotFound if it is not here, or a blob of it is not
   * @throws OcigcException.Damaged if a blob's bytes are not what its name says
   */
  public ExportReport run(
      String text, Path file, Format format, boolean replace, boolean referrers) {
    Store store = Store.open(folder, options.manifestLimitBytes());
    String what = "export " + text;
    try (OwnChanges changes = new OwnChanges(store)) {
      Parcel parcel;
      Transfer transfer;
      try (OpenStore open = OpenStore.during(store, what, options, changes)) {
        parcel = Parcel.find(open, text, referrers);
        requireWhole(parcel);
        transfer = open.lease(what, parcel.present());
      }
      try (Departure departure = new Departure(store, options, changes, what, transfer)) {
        ExportReport report = write(store, parcel, file, format, replace);
        Event event = new Event(Instant.now(), "export", parcel.name(), 0, 0);
        departure.arrived(ledger -> ledger.record(List.of(event)));
        return report;
      }
    }
  }

  private static void requireWhole(Parcel parcel) {
    for (Parcel.Item blob : parcel.blobs()) {
      if (!blob.here()) {
        throw new OcigcException.NotFound(
            blob.content().digest()
                + " belongs to the image and is not in this store. Pull the image first.");
      }
    }
  }

  private ExportReport write(
      Store store, Parcel parcel, Path file, Format format, boolean replace) {
    List<Content> contents = new ArrayList<>();
    parcel.documents().stream()
        .filter(Parcel.Item::here)
        .forEach(item -> contents.add(item.content()));
    long absent = parcel.documents().stream().filter(item -> !item.here()).count();
    parcel.blobs().forEach(item -> contents.add(item.content()));
    long bytes = contents.stream().mapToLong(Content::sizeBytes).sum();
    TransferProgress progress = options.notices().transfer();
    progress.planned("export", contents.size(), bytes);
    try (ImageTarget target = ImageTarget.create(file, format, replace)) {
      for (Content content : contents) {
        copy(store, content, target, progress);
      }
      OutgoingContents outgoing = new OutgoingContents(store);
      target.finish(index(parcel, outgoing), dockerList(parcel, outgoing));
    } finally {
      progress.over();
    }
    Digest digest = parcel.root().content().digest();
    String name = parcel.name().isEmpty() ? digest.toString() : parcel.name();
    return new ExportReport(name, digest, file, contents.size(), bytes, absent);
  }

  private static void copy(
      Store store, Content content, ImageTarget target, TransferProgress progress) {
    Digest digest = content.digest();
    progress.began(digest, content.sizeBytes(), 0);
    String how = "failed";
    try (InputStream in =
        new CountedStream(store.blobs().open(digest), bytes -> progress.moved(digest, bytes))) {
      target.blob(digest, content.sizeBytes(), in);
      how = "exported";
    } catch (NoSuchFileException e) {
      throw new OutgoingContents(store).gone(digest);
    } catch (IOException e) {
      throw Refusals.of("read", store.paths().blob(digest), e);
    } finally {
      progress.ended(digest, how);
    }
  }

  /** One root, and the referrers that came along, which have no name. */
  private static byte[] index(Parcel parcel, OutgoingContents contents) {
    ObjectNode index = JSON.createObjectNode();
    index.put("schemaVersion", 2);
    index.put("mediaType", MediaType.INDEX);
    ArrayNode manifests = index.putArray("manifests");
    manifests.add(descriptor(parcel.root(), parcel.name()));
    for (Parcel.Item referrer : parcel.referrers()) {
      byte[] bytes = contents.document(referrer.content().digest());
      manifests.add(descriptor(new Parcel.Item(referrer.content(), MediaType.of(bytes)), ""));
    }
    for (LedgerRoot tagged : parcel.tagged()) {
      Parcel.Item item = new Parcel.Item(tagged.content(), tagged.mediaType());
      manifests.add(descriptor(item, tagged.key().name()));
    }
    try {
      return JSON.writeValueAsBytes(index);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ObjectNode descriptor(Parcel.Item item, String name) {
    ObjectNode descriptor = JSON.createObjectNode();
    descriptor.put("mediaType", item.mediaType());
    descriptor.put("digest", item.content().digest().toString());
    descriptor.put("size", item.content().sizeBytes());
    if (!name.isEmpty()) {
      descriptor
          .putObject("annotations")
          .put("io.containerd.image.name", name)
          .put("org.opencontainers.image.ref.name", name);
    }
    return descriptor;
  }

  /** docker reads one image of an archive: the root, or the only one below an index. */
  private static Optional<byte[]> dockerList(Parcel parcel, OutgoingContents contents) {
    List<Parcel.Item> images = new ArrayList<>();
    for (Parcel.Item item : parcel.documents()) {
      if (item.here() && !MediaType.isIndex(item.mediaType())) {
        images.add(item);
      }
    }
    if (images.size() != 1) {
      return Optional.empty();
    }
    return DockerManifestJson.of(
        contents.document(images.get(0).content().digest()), parcel.name());
  }
}
