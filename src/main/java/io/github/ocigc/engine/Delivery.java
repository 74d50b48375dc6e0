package io.github.ocigc.engine;

import io.github.ocigc.ledger.Event;
import io.github.ocigc.oci.Descriptor;
import io.github.ocigc.oci.Digest;
import io.github.ocigc.oci.OcigcException;
import io.github.ocigc.store.BlobStat;
import io.github.ocigc.store.Store;
import io.github.ocigc.store.Transfer;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One image on its way into a store: a lease on all that it needs, its blobs, its manifests, its
 * root, the ledger; see the package for what a crash leaves after each. The store is locked for the
 * lease and for the root, never while bytes move.
 */
final class Delivery {
  private static final int ATTEMPTS = 3;

  private final Store store;
  private final Options options;
  private final OwnChanges changes;
  private final String verb;
  private final BlobSupply supply;

  /** Files that were here and were not what their name says. */
  private final Set<Digest> rewritten = new HashSet<>();

  private Image image;
  private long ledgerNanos;

  /**
   * Prepares a delivery.
   *
   * @param verb as the history and other processes see it
   * @param image its first entry is what the delivery is about
   */
  Delivery(
      Store store,
      Options options,
      OwnChanges changes,
      String verb,
      Image image,
      BlobSupply supply) {
    this.store = store;
    this.options = options;
    this.changes = changes;
    this.verb = verb;
    this.image = image;
    this.supply = supply;
  }

  /** Delivers. {@code last}: nothing more will be brought, so the blob folders are settled. */
  DeliveryReport run(boolean last) {
    long start = System.nanoTime();
    image.entries().stream()
        .map(Image.Entry::name)
        .filter(name -> !name.isEmpty())
        .forEach(store::requireUsableName);
    try (Transfer transfer = lease()) {
      Reception reception =
          new Reception(transfer, store.blobs(), image, options.notices().transfer());
      try {
        Optional<Digest> replaced = bring(transfer, reception, last);
        return new DeliveryCount(store, image, reception)
            .report(replaced, seconds(System.nanoTime() - start), seconds(ledgerNanos));
      } catch (RuntimeException e) {
        giveUp(transfer, reception, e);
        throw e;
      } finally {
        reception.over();
      }
    }
  }

  private static double seconds(long nanos) {
    return nanos / 1e9;
  }

  private String what() {
    Image.Entry entry = image.entries().get(0);
    return verb + " " + (entry.name().isEmpty() ? entry.descriptor().digest() : entry.name());
  }

  private interface WithStore<T> {
    T run(OpenStore open);
  }

  private <T> T withStore(WithStore<T> work) {
    long start = System.nanoTime();
    try (OpenStore open = OpenStore.during(store, what(), options, changes)) {
      return work.run(open);
    } finally {
      ledgerNanos += System.nanoTime() - start;
    }
  }

  private Transfer lease() {
    changes.begin();
    return withStore(
        open -> {
          if (!store.keepsUntaggedRoots()) {
            image = new KraftIndex(open).shaped(image);
          }
          changes.bringing(image.digests());
          return open.lease(what(), image.digests());
        });
  }

  private Optional<Digest> bring(Transfer transfer, Reception reception, boolean last) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      List<Descriptor> missing = missing();
      List<Image.Part> unwritten = unwritten();
      reception.expects(verb, missing);
      supply.supply(missing, reception);
      options.steps().reached("blobs-brought");
      unwritten.forEach(reception::write);
      store
          .blobs()
          .sync(reception.brought().stream().map(Digest::algorithm).collect(Collectors.toSet()));
      options.steps().reached("contents-durable");
      Optional<Optional<Digest>> named = withStore(open -> name(open, transfer, last));
      if (named.isPresent()) {
        return named.get();
      }
    }
    throw new OcigcException.Locked(
        "Another tool keeps removing from "
            + store.paths().root()
            + " what this needs; it was given no name. Try again when that tool is done.");
  }

  /** Blobs that have no file here, or one of another length. */
  private List<Descriptor> missing() {
    return image.blobs().stream().filter(blob -> !isHere(blob)).toList();
  }

  private boolean isHere(Descriptor blob) {
    Optional<BlobStat> stat = store.blobs().stat(blob.digest());
    if (stat.isEmpty()) {
      return false;
    }
    boolean whole = blob.sizeBytes() < 0 || stat.get().sizeBytes() == blob.sizeBytes();
    if (stat.get().regular() && !whole) {
      rewritten.add(blob.digest());
    }
    return stat.get().regular() && whole;
  }

  private List<Image.Part> unwritten() {
    return image.documents().stream().filter(part -> !isHere(part)).toList();
  }

  /** Manifests are short: their bytes are compared, so that a damaged one is mended. */
  private boolean isHere(Image.Part part) {
    Digest digest = part.descriptor().digest();
    Optional<BlobStat> stat = store.blobs().stat(digest);
    if (stat.isEmpty() || !stat.get().regular()) {
      return false;
    }
    try (InputStream in = store.blobs().open(digest)) {
      boolean same = Arrays.equals(in.readNBytes(part.bytes().length + 1), part.bytes());
      if (!same) {
        rewritten.add(digest);
      }
      return same;
    } catch (IOException e) {
      rewritten.add(digest);
      return false;
    }
  }

  /**
   * The root, and the ledger; empty if something has gone again that the lease protects from us.
   */
  private Optional<Optional<Digest>> name(OpenStore open, Transfer transfer, boolean last) {
    boolean whole =
        missing().stream().allMatch(blob -> image.isOptional(blob.digest()))
            && unwritten().isEmpty();
    if (!whole) {
      return Optional.empty();
    }
    Naming naming = Naming.of(open, image.entries());
    if (naming.change().isEmpty()) {
      transfer.close();
      open.catchUp(rewritten);
    } else {
      new RootsRewrite(open).run(naming.change(), rewritten, transfer::close);
    }
    open.ledger().record(new Event(Instant.now(), verb, image.entries().get(0).name(), 0, 0));
    if (last) {
      open.settle();
    }
    return Optional.of(naming.replaced());
  }

  /**
   * Ends the lease at once, not only when the process is gone. What came of an image that cannot be
   * had goes again; what came before a connection broke stays, unheld, for another try.
   */
  private void giveUp(Transfer transfer, Reception reception, RuntimeException why) {
    boolean hopeless =
        why instanceof OcigcException.Damaged || why instanceof OcigcException.NotFound;
    try {
      withStore(
          open -> {
            if (hopeless && !reception.brought().isEmpty()) {
              open.catchUp(reception.brought());
              open.ledger().defer(reception.brought());
            }
            transfer.close();
            open.catchUp();
            open.sweep().run(open.ledger().condemned());
            return true;
          });
    } catch (RuntimeException e) {
      why.addSuppressed(e); // the next command does it
    }
  }
}
