package io.github.ocigc.engine;

import io.github.ocigc.ledger.Growth;
import io.github.ocigc.ledger.Ledger;
import io.github.ocigc.ledger.LedgerRoot;
import io.github.ocigc.ledger.StoreState;
import io.github.ocigc.oci.Digest;
import io.github.ocigc.oci.Root;
import io.github.ocigc.oci.RootKey;
import io.github.ocigc.store.Roots;
import io.github.ocigc.store.Store;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Brings the ledger up to what the disk's roots say. If nothing has changed this costs one read of
 * the roots; if something has, the new contents besides, and a listing of the blobs if files came.
 * Never condemns anything but what a dead delete of ours had already dropped from the roots.
 */
final class CatchUp {
  private final Store store;
  private final Ledger ledger;

  CatchUp(Store store, Ledger ledger) {
    this.store = store;
    this.ledger = ledger;
  }

  void run() {
    StoreState state = ledger.state().orElseThrow();
    String stamp = store.blobs().stamp();
    boolean sameBlobs = !stamp.isEmpty() && stamp.equals(state.blobsStamp());
    boolean sameRoots = store.fingerprint().equals(state.rootsFingerprint());
    if (sameRoots && sameBlobs) {
      if (ledger.hasIntent()) {
        ledger.abandonIntent();
      }
      return;
    }
    Roots roots = store.readRoots();
    Map<RootKey, LedgerRoot> known = new HashMap<>();
    ledger.view().roots().forEach(root -> known.put(root.key(), root));
    List<Root> added = new ArrayList<>();
    Set<Digest> edited = new HashSet<>();
    for (Root root : roots.roots()) {
      LedgerRoot before = known.remove(root.key());
      if (before == null) {
        added.add(root);
      } else if (!before.stamp().equals(root.stamp())) {
        added.add(root);
        edited.add(root.digest());
      }
    }
    for (Digest digest : ledger.absent()) {
      if (store.blobs().stat(digest).isPresent()) {
        edited.add(digest);
      }
    }
    Discovery discovery = new Discovery(store, ledger);
    discovery.explore(added.stream().map(Root::digest).toList(), edited);
    if (!sameBlobs) {
      discovery.explore(new Newcomers(store, ledger).referrers(discovery.arrivals()), Set.of());
    }
    ledger.grow(
        new Growth(
            discovery.inOrder(), added, List.copyOf(known.keySet()), roots.problems().isEmpty()),
        state.seen(remembered(roots), stamp));
  }

  /** Roots that cannot be understood are read again every time, until somebody mends them. */
  static String remembered(Roots roots) {
    return roots.problems().isEmpty() ? roots.fingerprint() : "";
  }
}
