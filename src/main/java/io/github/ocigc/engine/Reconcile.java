package io.github.ocigc.engine;

import io.github.ocigc.ledger.CensusComparison;
import io.github.ocigc.ledger.CensusLoad;
import io.github.ocigc.ledger.Ledger;
import io.github.ocigc.ledger.LedgerFile;
import io.github.ocigc.ledger.LedgerOpening;
import io.github.ocigc.ledger.Tally;
import io.github.ocigc.oci.Finding;
import io.github.ocigc.oci.OcigcException;
import io.github.ocigc.store.Store;
import io.github.ocigc.store.StoreLock;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Making the ledger what the disk says, whatever it is now. A ledger that is right is not written
 * to; one that is wrong is replaced whole, its history kept; a file that is no ledger is set aside.
 */
public final class Reconcile {
  private final Path folder;
  private final Options options;

  public Reconcile(Path folder, Options options) {
    this.folder = folder;
    this.options = options;
  }

  /**
   * Looks at the whole store.
   *
   * @param checkBytes also hash every blob
   */
  public ReconcileReport run(boolean checkBytes) {
    long start = System.nanoTime();
    Store store = Store.open(folder, options.manifestLimitBytes());
    LedgerFile file = new LedgerFile(store.paths().ledger());
    try (StoreLock lock = OpenStore.lock(store, "reconcile", options)) {
      OpenStore.removeLeftovers(store, file);
      List<Finding> findings = new ArrayList<>();
      LedgerOpening opening = OpenStore.opened(file);
      long changes;
      Survey.Result seen;
      Tally tally;
      if (opening instanceof LedgerOpening.Opened opened) {
        CensusLoad.Memory memory;
        try (Ledger ledger = opened.ledger()) {
          finish(store, ledger, findings);
          seen = new Survey(store, options.notices(), checkBytes).run();
          tally = seen.census().count();
          CensusComparison.Result compared = ledger.view().compare(tally);
          boolean current = isCurrent(store, ledger, seen);
          changes = compared.differences();
          findings.addAll(
              compared.findings().stream()
                  .filter(finding -> finding.kind() != Finding.Kind.ORPHAN_BLOB)
                  .toList());
          memory = changes > 0 || !current ? ledger.view().memory() : CensusLoad.Memory.NONE;
          if (changes == 0 && current) {
            return report(store, seen, tally, 0, findings, start);
          }
        }
        new Rebuild(store, options.steps()).install(file, seen, tally, memory);
      } else {
        if (opening instanceof LedgerOpening.Unusable unusable) {
          findings.add(setAside(store, file, unusable));
        }
        try (Rebuild rebuild = new Rebuild(store, options.steps()).preparing(file)) {
          seen = new Survey(store, options.notices(), checkBytes).run();
          tally = seen.census().count();
          changes = tally.sums().contents() + tally.sums().edges() + tally.roots();
          rebuild.install(file, seen, tally, CensusLoad.Memory.NONE);
        }
      }
      return report(store, seen, tally, changes, findings, start);
    }
  }

  /**
   * A dead delete is finished first; a ledger too wrong for that is about to be replaced anyway.
   */
  private void finish(Store store, Ledger ledger, List<Finding> findings) {
    try {
      new CatchUp(store, ledger).run();
      new Sweep(store, ledger, options.steps()).finish(options.notices());
    } catch (OcigcException e) {
      throw e;
    } catch (RuntimeException e) {
      findings.add(
          Finding.ofPath(
              Finding.Kind.LEDGER_DRIFT, "", "the ledger could not catch up: " + e.getMessage()));
    }
  }

  private static boolean isCurrent(Store store, Ledger ledger, Survey.Result seen) {
    return ledger
        .state()
        .filter(state -> state.rootsFingerprint().equals(CatchUp.remembered(seen.roots())))
        .filter(state -> state.blobsStamp().equals(seen.blobsStamp()))
        .filter(state -> state.identity().equals(Rebuild.identity(store)))
        .filter(state -> state.root().equals(store.paths().root().toString()))
        .isPresent();
  }

  private static Finding setAside(Store store, LedgerFile file, LedgerOpening.Unusable unusable) {
    Path aside = file.setAside();
    return Finding.ofPath(
        Finding.Kind.LEDGER_SET_ASIDE,
        store.paths().show(aside),
        "the old ledger could not be used (" + unusable.reason() + "); it was moved here");
  }

  private static ReconcileReport report(
      Store store,
      Survey.Result seen,
      Tally tally,
      long changes,
      List<Finding> ofLedger,
      long start) {
    List<Finding> findings = new ArrayList<>(ofLedger);
    findings.addAll(seen.findings());
    findings.addAll(DiskFindings.of(store, seen, tally));
    return new ReconcileReport(
        tally.roots(), tally.sums(), changes, findings, (System.nanoTime() - start) / 1e9);
  }
}
