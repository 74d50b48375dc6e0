package io.github.ocigc.engine;

import io.github.ocigc.ledger.Event;
import io.github.ocigc.oci.Descriptor;
import io.github.ocigc.oci.Digest;
import io.github.ocigc.oci.OcigcException;
import io.github.ocigc.store.Store;
import io.github.ocigc.store.Transfer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Images on their way into a store: a lease on all that they need, their blobs, their manifests,
 * their roots, the ledger; see the package for what a crash leaves after each. The store is locked
 * for the lease and for the roots, never while bytes move.
 */
final class Delivery {
  private static final int ATTEMPTS = 3;

  private final Store store;
  private final Options options;
  private final OwnChanges changes;
  private final String verb;
  private final BlobSupply supply;
  private List<Image> images;
  private Parts parts;
  private long ledgerNanos;
  private long sqlNanos;

  /**
   * Prepares a delivery.
   *
   * @param verb as the history and other processes see it
   * @param images at least one; the first entry of each is what it is about
   */
  Delivery(
      Store store,
      Options options,
      OwnChanges changes,
      String verb,
      List<Image> images,
      BlobSupply supply) {
    this.store = store;
    this.options = options;
    this.changes = changes;
    this.verb = verb;
    this.images = images;
    this.parts = new Parts(store, images);
    this.supply = supply;
  }

  /** Delivers. {@code last}: nothing more will be brought, so the blob folders are settled. */
  DeliveryReport run(boolean last) {
    long start = System.nanoTime();
    try (Transfer transfer = lease()) {
      Reception reception =
          new Reception(transfer, store.blobs(), parts, options.notices().transfer());
      try {
        Map<String, Digest> replaced = bring(transfer, reception, last);
        return new DeliveryReport(
            new DeliveryCount(store, reception, replaced).of(images),
            seconds(System.nanoTime() - start),
            seconds(ledgerNanos),
            seconds(sqlNanos));
      } catch (RuntimeException e) {
        giveUp(transfer, reception.brought(), e);
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
    Image.Entry entry = images.get(0).entries().get(0);
    return verb
        + " "
        + (entry.name().isEmpty() ? entry.descriptor().digest() : entry.name())
        + (images.size() == 1 ? "" : " and " + (images.size() - 1) + " more");
  }

  private <T> T withStore(Function<OpenStore, T> work) {
    long start = System.nanoTime();
    try (OpenStore open = OpenStore.during(store, what(), options, changes)) {
      T result = work.apply(open);
      sqlNanos += open.ledger().sqlNanos();
      return result;
    } finally {
      ledgerNanos += System.nanoTime() - start;
    }
  }

  private Transfer lease() {
    changes.begin();
    return withStore(
        open -> {
          if (!store.keepsUntaggedRoots()) {
            KraftIndex index = new KraftIndex(open);
            images = images.stream().map(index::shaped).toList();
            parts = new Parts(store, images);
          }
          changes.bringing(parts.digests());
          return open.lease(what(), parts.digests());
        });
  }

  private Map<String, Digest> bring(Transfer transfer, Reception reception, boolean last) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      List<Descriptor> missing = parts.missingBlobs();
      List<Image.Part> unwritten = parts.missingDocuments();
      reception.expects(verb, missing);
      supply.supply(missing, reception);
      options.steps().reached("blobs-brought");
      unwritten.forEach(reception::write);
      store
          .blobs()
          .sync(reception.brought().stream().map(Digest::algorithm).collect(Collectors.toSet()));
      options.steps().reached("contents-durable");
      Optional<Map<String, Digest>> replaced = withStore(open -> name(open, transfer, last));
      if (replaced.isPresent()) {
        return replaced.get();
      }
    }
    throw new OcigcException.Locked(
        "Another tool keeps removing from "
            + store.paths().root()
            + " what this needs; nothing was given a name. Try again when that tool is done.");
  }

  /** The roots, and the ledger; empty if another tool has removed something meanwhile. */
  private Optional<Map<String, Digest>> name(OpenStore open, Transfer transfer, boolean last) {
    if (!parts.areWhole()) {
      return Optional.empty();
    }
    Naming naming = new Naming(open, images.stream().flatMap(i -> i.entries().stream()).toList());
    if (naming.change().isEmpty()) {
      transfer.close();
      open.catchUp(parts.rewritten());
    } else {
      new RootsRewrite(open).run(naming.change(), parts.rewritten(), transfer::close);
    }
    Instant now = Instant.now();
    open.ledger()
        .record(
            images.stream()
                .map(image -> new Event(now, verb, image.entries().get(0).name(), 0, 0))
                .toList());
    if (last) {
      open.settle();
    }
    return Optional.of(naming.replaced());
  }

  /**
   * Ends the lease at once, not only when the process is gone. What came of an image that cannot be
   * had goes again; what came before a connection broke stays, unheld, for another try.
   */
  private void giveUp(Transfer transfer, Set<Digest> brought, RuntimeException why) {
    if (why instanceof OcigcException.Locked) {
      return; // we have waited long enough: the lease ends when the transfer's folder goes
    }
    boolean hopeless =
        why instanceof OcigcException.Damaged
            || why instanceof OcigcException.NotFound
            || (why instanceof OcigcException.RegistryFailed failed && !failed.isForNow());
    try {
      withStore(
          open -> {
            if (hopeless && !brought.isEmpty()) {
              open.catchUp(brought);
              open.ledger().defer(brought);
            }
            transfer.close();
            open.catchUp();
            return open.sweep().run(open.ledger().condemned().keySet());
          });
    } catch (RuntimeException e) {
      why.addSuppressed(e); // the next command does it
    }
  }
}
