package io.github.ocigc.engine;

import io.github.ocigc.oci.Digest;
import io.github.ocigc.oci.OcigcException;
import io.github.ocigc.oci.RootKey;
import io.github.ocigc.store.RootChange;
import java.util.List;
import java.util.Set;

/** Changing names so that nothing is freed: the disk first, then the ledger catches up. */
final class RootsRewrite {
  private static final int ATTEMPTS = 5;

  private final OpenStore open;

  RootsRewrite(OpenStore open) {
    this.open = open;
  }

  void run(RootChange change) {
    run(change, Set.of(), () -> {});
  }

  /**
   * Changes names.
   *
   * @param rewritten contents whose files are other ones than the ledger knows
   * @param published run when the disk has the new roots and the ledger has not
   */
  void run(RootChange change, Set<Digest> rewritten, Runnable published) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      String fingerprint = open.ledger().state().orElseThrow().rootsFingerprint();
      if (fingerprint.isEmpty()) {
        throw new OcigcException.Damaged(
            open.store().readRoots().problems().get(0).detail()
                + "; the names of a damaged store are not changed. Mend it first.");
      }
      if (open.store().publish(merged(change), fingerprint, open.options().steps()).isPresent()) {
        published.run();
        open.catchUp(rewritten);
        return;
      }
      open.catchUp();
    }
    throw new OcigcException.Locked(
        "Another tool keeps changing the roots of "
            + open.store().paths().root()
            + "; nothing was changed. Try again when it is done.");
  }

  /** An untagged root that is there already is not added twice. */
  private RootChange merged(RootChange change) {
    Set<RootKey> there = open.ledger().view().rootStamps().keySet();
    List<RootChange.Addition> add =
        change.add().stream()
            .filter(a -> !a.name().isEmpty() || !there.contains(new RootKey("", a.digest())))
            .toList();
    return new RootChange(change.drop(), add);
  }
}
