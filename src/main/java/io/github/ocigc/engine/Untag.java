package io.github.ocigc.engine;

import io.github.ocigc.ledger.Event;
import io.github.ocigc.ledger.LedgerRoot;
import io.github.ocigc.oci.OcigcException;
import io.github.ocigc.store.RootChange;
import java.time.Instant;
import java.util.List;

/** Dropping a name and keeping the content, in an OCI layout as an untagged root. Frees nothing. */
public final class Untag {
  private final OpenStore open;

  public Untag(OpenStore open) {
    this.open = open;
  }

  /**
   * Drops one name.
   *
   * @throws OcigcException.Unusable for the last name in a store that keeps no untagged roots
   */
  public DeleteReport run(String text) {
    List<LedgerRoot> roots = new References(open.ledger().view()).one(text);
    List<RootChange.Addition> kept = new java.util.ArrayList<>();
    for (LedgerRoot root : roots) {
      if (!root.key().tagged()) {
        throw new OcigcException.Unusable(root.key() + " has no name to drop.");
      }
      if (open.store().keepsUntaggedRoots()) {
        kept.add(NamesTaken.untagged(root));
      } else if (!new NamesTaken(open.ledger().view(), roots, List.of()).unreached().isEmpty()) {
        throw new OcigcException.Unusable(
            "'"
                + root.key()
                + "' is the last name of "
                + root.content().digest()
                + ", and a KraftKit store keeps nothing without a name. To remove it: ocigc-ledger"
                + " delete "
                + root.key());
      }
    }
    new RootsRewrite(open).run(new RootChange(roots.stream().map(LedgerRoot::key).toList(), kept));
    String name = roots.get(0).key().name();
    open.ledger().record(List.of(new Event(Instant.now(), "untag", name, 0, 0)));
    return new DeleteReport(
        List.of(name),
        List.of(),
        List.of(),
        0,
        0,
        DeleteReport.Deferred.NONE,
        0,
        0,
        List.of(),
        List.of(),
        false);
  }
}
