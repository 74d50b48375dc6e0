package io.github.ocigc.engine;

import io.github.ocigc.ledger.Arrival;
import io.github.ocigc.ledger.Ledger;
import io.github.ocigc.oci.Digest;
import io.github.ocigc.oci.Document;
import io.github.ocigc.oci.Link;
import io.github.ocigc.store.BlobFacts;
import io.github.ocigc.store.Store;
import java.util.Collection;
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

  Discovery(Store store, Ledger ledger) {
    this.store = store;
    this.ledger = ledger;
  }

  /**
   * @param starts roots' digests
   * @param changed digests to be read again although they are held
   */
  List<Arrival> from(Collection<Digest> starts, Collection<Digest> changed) {
    Map<Digest, Arrival> arrivals = new LinkedHashMap<>();
    Set<Digest> level = new LinkedHashSet<>(starts);
    Set<Digest> again = new LinkedHashSet<>(changed);
    level.addAll(again);
    while (!level.isEmpty()) {
      level.removeAll(arrivals.keySet());
      Set<Digest> held = ledger.heldAmong(level);
      held.removeAll(again);
      level.removeAll(held);
      Set<Digest> next = new LinkedHashSet<>();
      for (Digest digest : level) {
        Arrival arrival = look(digest);
        arrivals.put(digest, arrival);
        arrival.document().map(Document::links).orElse(List.of()).stream()
            .map(Link::digest)
            .forEach(next::add);
      }
      next.addAll(ledger.unheldReferrersOf(level));
      level = next;
    }
    return List.copyOf(arrivals.values());
  }

  private Arrival look(Digest digest) {
    BlobFacts facts = store.blobs().facts(digest);
    return new Arrival(digest, facts.form(), facts.sizeBytes(), facts.document());
  }
}
