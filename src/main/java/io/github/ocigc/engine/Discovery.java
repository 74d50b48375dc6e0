package io.github.ocigc.engine;

import io.github.ocigc.ledger.Arrival;
import io.github.ocigc.ledger.Ledger;
import io.github.ocigc.oci.Digest;
import io.github.ocigc.oci.Document;
import io.github.ocigc.oci.Form;
import io.github.ocigc.oci.Lease;
import io.github.ocigc.oci.Link;
import io.github.ocigc.store.BlobFacts;
import io.github.ocigc.store.Store;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads, from new roots down, what the ledger does not hold already; nothing else is opened. Known
 * referrers of what comes, that nothing held until now, come with it.
 */
final class Discovery {
  private final Store store;
  private final Ledger ledger;
  private final Map<Digest, Arrival> arrivals = new LinkedHashMap<>();

  Discovery(Store store, Ledger ledger) {
    this.store = store;
    this.ledger = ledger;
  }

  /**
   * Goes down from {@code starts}.
   *
   * @param again digests to be read although they are held
   */
  void explore(Collection<Digest> starts, Collection<Digest> again) {
    Set<Digest> level = new LinkedHashSet<>(starts);
    level.addAll(again);
    while (!level.isEmpty()) {
      level.removeAll(arrivals.keySet());
      Set<Digest> held = ledger.holdings().heldAmong(level);
      held.removeAll(Set.copyOf(again));
      level.removeAll(held);
      Set<Digest> next = new LinkedHashSet<>();
      Set<Digest> here = new LinkedHashSet<>();
      for (Digest digest : level) {
        Arrival arrival = look(store, digest);
        arrivals.put(digest, arrival);
        if (arrival.form() != Form.ABSENT) {
          here.add(digest);
        }
        arrival.document().map(Document::links).orElse(List.of()).stream()
            .map(Link::digest)
            .forEach(next::add);
      }
      next.addAll(ledger.holdings().unheldReferrersOf(here)); // what is absent holds nothing
      level = next;
    }
  }

  /**
   * What had no file when the ledger last looked, but for what nobody is bringing and has one all
   * the same. A transfer brings its blobs without the store's lock, so they may come at any time.
   */
  Set<Digest> stillAbsent(Collection<Lease> leases) {
    Set<Digest> coming = new HashSet<>();
    leases.forEach(lease -> coming.addAll(lease.digests()));
    Set<Digest> absent = new LinkedHashSet<>(ledger.holdings().absent());
    absent.removeIf(d -> !coming.contains(d) && store.blobs().stat(d).isPresent());
    return absent;
  }

  /** What has come so far. */
  Map<Digest, Arrival> arrivals() {
    return Map.copyOf(arrivals);
  }

  /** In the order in which it was reached. */
  List<Arrival> inOrder() {
    return List.copyOf(arrivals.values());
  }

  static Arrival look(Store store, Digest digest) {
    BlobFacts facts = store.blobs().facts(digest);
    return new Arrival(digest, facts.form(), facts.size(), facts.document());
  }
}
