package io.github.ocigc.engine;

import io.github.ocigc.ledger.Arrival;
import io.github.ocigc.ledger.Ledger;
import io.github.ocigc.ledger.Meanwhile;
import io.github.ocigc.oci.Digest;
import io.github.ocigc.oci.DigestSum;
import io.github.ocigc.oci.Document;
import io.github.ocigc.oci.Form;
import io.github.ocigc.store.BlobFolder;
import io.github.ocigc.store.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Files that another tool has written and no root reaches. One of them may be a referrer that is
 * known by its {@code subject} alone, and then a live subject holds it and all below it.
 *
 * <p>Asked for only when a blob folder has changed since the ledger last looked. Costs one listing
 * of the folders, and where their names are not those that the ledger knows another, and one of the
 * ledger's digests; only files that the ledger does not know are opened, and it knows them from
 * then on.
 */
final class Newcomers {
  private final Store store;
  private final Ledger ledger;
  private final Meanwhile<BlobFolder.Listed> listed;

  /** Has another core list the folders meanwhile. */
  Newcomers(Store store, Ledger ledger) {
    this.store = store;
    this.ledger = ledger;
    this.listed = new Meanwhile<>(store.blobs()::listed);
  }

  /**
   * Notes in the ledger what has come and is not among {@code reached}, as content that nothing
   * holds. Returns those whose subject is held, or is about to be.
   */
  List<Digest> referrers(Map<Digest, Arrival> reached) {
    if (listed.result().blobs().sameAs(expected(reached))) {
      return List.of();
    }
    Set<Digest> known = ledger.holdings().digests();
    List<Arrival> strangers = new ArrayList<>();
    store
        .blobs()
        .forEach(
            digest -> {
              if (!known.contains(digest) && !reached.containsKey(digest)) {
                strangers.add(Discovery.look(store, digest));
              }
            });
    strangers.removeIf(stranger -> stranger.form() == Form.ABSENT);
    ledger.note(strangers);
    List<Digest> referrers = new ArrayList<>();
    for (Arrival stranger : strangers) {
      Optional<Digest> subject = stranger.document().flatMap(Document::subject);
      if (subject.isPresent() && holds(subject.get(), reached)) {
        referrers.add(stranger.digest());
      }
    }
    return referrers;
  }

  /** What the folders have that is no blob by its name. */
  List<String> strays() {
    return listed.result().strays().stream().map(store.paths()::text).toList();
  }

  /** The names that the folders have if nothing came but what was reached, and nothing went. */
  private DigestSum expected(Map<Digest, Arrival> reached) {
    Set<Digest> known = ledger.holdings().withFileAmong(reached.keySet());
    DigestSum names = ledger.holdings().names();
    for (Arrival arrival : reached.values()) {
      boolean here = arrival.form() != Form.ABSENT;
      if (here != known.contains(arrival.digest())) {
        names = here ? names.with(arrival.digest()) : names.without(arrival.digest());
      }
    }
    return names;
  }

  private boolean holds(Digest subject, Map<Digest, Arrival> reached) {
    Arrival arrival = reached.get(subject);
    return arrival == null ? ledger.holdings().holdsFileOf(subject) : arrival.form() != Form.ABSENT;
  }
}
