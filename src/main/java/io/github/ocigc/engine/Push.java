package io.github.ocigc.engine;

import io.github.ocigc.ledger.Event;
import io.github.ocigc.ledger.Ledger;
import io.github.ocigc.ledger.LedgerRoot;
import io.github.ocigc.ledger.Pushed;
import io.github.ocigc.oci.Digest;
import io.github.ocigc.oci.OcigcException;
import io.github.ocigc.oci.Reference;
import io.github.ocigc.registry.Registries;
import io.github.ocigc.store.Store;
import io.github.ocigc.store.Transfer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Sending an image to a registry. Opens the store for moments only; a lease keeps the image whole
 * until the last byte is out, whatever is deleted meanwhile. A second push sends what is missing.
 */
public final class Push {
  private final Path folder;
  private final Options options;
  private final Registries registries;

  public Push(Path folder, Options options, Registries registries) {
    this.folder = folder;
    this.options = options;
    this.registries = registries;
  }

  /** What is sent and where, decided while the ledger was open. */
  private record Shipment(Parcel parcel, Reference to, MountSources mounts, Departure departure) {}

  /**
   * Pushes what {@code text} names.
   *
   * @param target where to; the image's own name if empty
   * @param referrers also signatures, SBOMs and whatever else speaks of it
   * @param jobs how many blobs are transferred at a time
   * @throws OcigcException.NotFound if it is not here, or a part of it is neither here nor there
   * @throws OcigcException.RegistryFailed if the registry cannot be reached, refuses, or errs
   */
  public PushReport run(String text, Optional<Reference> target, boolean referrers, int jobs) {
    long start = System.nanoTime();
    Store store = Store.open(folder, options.manifestLimitBytes());
    try (OwnChanges changes = new OwnChanges(store)) {
      Shipment shipment = load(store, changes, text, target, referrers);
      Upload upload =
          new Upload(
              store,
              registries.repository(shipment.to().registry(), shipment.to().repository()),
              shipment.parcel(),
              shipment.mounts(),
              options.notices().transfer());
      try (Departure departure = shipment.departure()) {
        upload.run(shipment.to(), new Lanes(jobs));
        options.steps().reached("uploaded");
        departure.arrived(ledger -> note(ledger, shipment));
      }
      Parcel parcel = shipment.parcel();
      Digest digest = parcel.root().content().digest();
      return new PushReport(
          parcel.name().isEmpty() ? digest.toString() : parcel.name(),
          shipment.to(),
          digest,
          upload.uploadedBlobs(),
          upload.uploadedBytes(),
          upload.mountedBlobs(),
          upload.existingBlobs(),
          (System.nanoTime() - start) / 1e9);
    }
  }

  private Shipment load(
      Store store, OwnChanges changes, String text, Optional<Reference> target, boolean referrers) {
    String what = "push " + text;
    try (OpenStore open = OpenStore.during(store, what, options, changes)) {
      Parcel parcel = Parcel.find(open, text, referrers);
      Reference to = target.orElseGet(() -> ownName(parcel));
      MountSources mounts = MountSources.of(open.ledger().view(), parcel, to);
      Transfer transfer = open.lease(what, parcel.present());
      return new Shipment(
          parcel, to, mounts, new Departure(store, options, changes, what, transfer));
    }
  }

  /** A short name means a file on this disk, not a place in the world: that has to be said. */
  private static Reference ownName(Parcel parcel) {
    if (!Reference.namesRegistry(parcel.name())) {
      throw new OcigcException.Unusable(
          (parcel.name().isEmpty()
                  ? parcel.root().content().digest() + " was meant by its digest"
                  : "'" + parcel.name() + "' names no registry")
              + ", so say where to push it: ocigc-ledger push REF registry/repository:tag");
    }
    return Reference.parse(parcel.name());
  }

  private static void note(Ledger ledger, Shipment shipment) {
    Instant now = Instant.now();
    Reference to = shipment.to();
    Digest root = shipment.parcel().root().content().digest();
    List<Pushed> pushed = new ArrayList<>();
    for (Parcel.Item item : shipment.parcel().documents()) {
      Digest digest = item.content().digest();
      String tag = digest.equals(root) ? to.tag() : "";
      pushed.add(new Pushed(digest, to.registry(), to.repository(), tag, now));
    }
    for (LedgerRoot tagged : shipment.parcel().tagged()) {
      Digest digest = tagged.content().digest();
      pushed.add(new Pushed(digest, to.registry(), to.repository(), Upload.tagOf(tagged), now));
    }
    ledger.recordPush(pushed, new Event(now, "push", to.toString(), 0, 0));
  }
}
