package io.github.ocigc.engine;

import io.github.ocigc.ledger.Arrival;
import io.github.ocigc.ledger.Growth;
import io.github.ocigc.ledger.Ledger;
import io.github.ocigc.ledger.StoreState;
import io.github.ocigc.oci.Digest;
import io.github.ocigc.oci.Lease;
import io.github.ocigc.oci.Root;
import io.github.ocigc.oci.RootKey;
import io.github.ocigc.store.FolderTimes;
import io.github.ocigc.store.Roots;
import io.github.ocigc.store.Store;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Brings the ledger up to what the disk says: its roots, and the transfers that are under way. If
 * nothing has changed this costs one read of the roots; if something has, the new contents besides.
 * Condemns nothing but what a dead delete of ours had already dropped from the roots, and what a
 * delete dropped while a transfer used it.
 */
final class CatchUp {
  /** How far to look. */
  enum Look {
    /** What roots and transfers reach: enough for every answer but how much nothing reaches. */
    REACHABLE,
    /**
     * Besides, one listing of the blob folders if files of others came: a referrer may have come
     * without a root, and holds what it names. To be done before anything is unlinked.
     */
    EVERYTHING
  }

  private final Store store;
  private final Ledger ledger;
  private final OwnChanges changes;

  CatchUp(Store store, Ledger ledger, OwnChanges changes) {
    this.store = store;
    this.ledger = ledger;
    this.changes = changes;
  }

  /** True if there is nothing to take in, nor to finish of a dead delete. Changes nothing. */
  boolean isDone(Look look) {
    return found(look, Set.of()).nothing() && !ledger.hasIntent();
  }

  void run(Look look) {
    run(look, Set.of());
  }

  /**
   * Catches up.
   *
   * @param rewritten contents whose files have been replaced by true ones
   */
  void run(Look look, Collection<Digest> rewritten) {
    Found found = found(look, rewritten);
    if (found.nothing()) {
      if (ledger.hasIntent()) {
        ledger.abandonIntent();
      }
    } else {
      takeIn(found);
    }
    if (found.sameBlobs() || found.listing()) {
      changes.caughtUp();
    }
  }

  /**
   * How the disk differs from what the ledger last saw of it.
   *
   * @param listing whether the blob folders are to be listed
   * @param again contents to be read although they are held
   */
  private record Found(
      StoreState state,
      FolderTimes times,
      boolean sameBlobs,
      boolean sameRoots,
      boolean listing,
      Leases leases,
      Set<Digest> again) {
    boolean nothing() {
      return sameRoots && !listing && leases.same() && again.isEmpty();
    }
  }

  private Found found(Look look, Collection<Digest> rewritten) {
    StoreState state = ledger.state().orElseThrow();
    FolderTimes times = store.blobs().times();
    boolean sameBlobs = times.isAt(state.blobsStamp()) || changes.nothingElseCame();
    boolean sameRoots = store.isAt(state.rootsFingerprint());
    boolean listing = look == Look.EVERYTHING && !sameBlobs;
    Leases leases = leases();
    Set<Digest> again = new LinkedHashSet<>(rewritten);
    if (!sameRoots || !sameBlobs || !leases.same() || !rewritten.isEmpty()) {
      again.addAll(nowHere());
    }
    return new Found(state, times, sameBlobs, sameRoots, listing, leases, again);
  }

  private void takeIn(Found found) {
    StoreState state = found.state();
    boolean listing = found.listing();
    Leases leases = found.leases();
    Optional<Newcomers> newcomers =
        listing ? Optional.of(new Newcomers(store, ledger)) : Optional.empty();
    Difference roots =
        found.sameRoots() ? Difference.none(state.rootsFingerprint()) : differenceOfRoots();
    Set<Digest> again = new LinkedHashSet<>(found.again());
    again.addAll(roots.edited());
    List<Arrival> arrivals = explore(roots, leases, again, newcomers);
    String stamp = found.sameBlobs() || listing ? found.times().stamp() : state.blobsStamp();
    ledger.grow(
        new Growth(
            arrivals,
            roots.added(),
            roots.gone(),
            leases.begun(),
            leases.ended(),
            newcomers.map(Newcomers::strays),
            roots.trusted()),
        state.seen(roots.fingerprint(), stamp));
  }

  /** What had no file when the ledger last looked, and has one now. */
  private List<Digest> nowHere() {
    return ledger.holdings().absent().stream()
        .filter(digest -> store.blobs().stat(digest).isPresent())
        .toList();
  }

  private List<Arrival> explore(
      Difference roots, Leases leases, Set<Digest> again, Optional<Newcomers> newcomers) {
    Set<Digest> starts = new LinkedHashSet<>();
    roots.added().forEach(root -> starts.add(root.digest()));
    leases.begun().forEach(lease -> starts.addAll(lease.digests()));
    Discovery discovery = new Discovery(store, ledger);
    discovery.explore(starts, again);
    newcomers.ifPresent(came -> discovery.explore(came.referrers(discovery.arrivals()), Set.of()));
    return discovery.inOrder();
  }

  /** Of the leases, those that the ledger does not know and those that are over. */
  private record Leases(List<Lease> begun, List<String> ended) {
    boolean same() {
      return begun.isEmpty() && ended.isEmpty();
    }
  }

  private Leases leases() {
    List<Lease> live = store.transfers().live();
    Set<String> known = ledger.leases();
    Set<String> ended = new HashSet<>(known);
    live.forEach(lease -> ended.remove(lease.id()));
    return new Leases(
        live.stream().filter(lease -> !known.contains(lease.id())).toList(), List.copyOf(ended));
  }

  /**
   * How the roots differ from the ledger's.
   *
   * @param edited what roots name and another tool has edited in place
   */
  private record Difference(
      String fingerprint,
      List<Root> added,
      List<RootKey> gone,
      Set<Digest> edited,
      boolean trusted) {
    static Difference none(String fingerprint) {
      return new Difference(fingerprint, List.of(), List.of(), Set.of(), true);
    }
  }

  private Difference differenceOfRoots() {
    Roots roots = store.readRoots();
    Map<RootKey, String> known = ledger.view().rootStamps();
    List<Root> added = new ArrayList<>();
    Set<Digest> edited = new HashSet<>();
    for (Root root : roots.roots()) {
      String before = known.remove(root.key());
      if (before == null) {
        added.add(root);
      } else if (!before.equals(root.stamp())) {
        added.add(root);
        edited.add(root.digest());
      }
    }
    return new Difference(
        remembered(roots), added, List.copyOf(known.keySet()), edited, roots.problems().isEmpty());
  }

  /** Roots that cannot be understood are read again every time, until somebody mends them. */
  static String remembered(Roots roots) {
    return roots.problems().isEmpty() ? roots.fingerprint() : "";
  }
}
