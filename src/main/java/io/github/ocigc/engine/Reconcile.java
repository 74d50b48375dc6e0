package io.github.ocigc.engine;

import io.github.ocigc.ledger.CensusComparison;
import io.github.ocigc.ledger.CensusLoad;
import io.github.ocigc.ledger.Ledger;
import io.github.ocigc.ledger.LedgerFile;
import io.github.ocigc.ledger.LedgerOpening;
import io.github.ocigc.ledger.Tally;
import io.github.ocigc.oci.Finding;
import io.github.ocigc.oci.Lease;
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
      LedgerOpening opening =
          new CurrentLedger(store, file)
              .open(CatchUp.Look.REACHABLE)
              .<LedgerOpening>map(LedgerOpening.Opened::new)
              .orElseGet(() -> StoreLedger.opened(file));
      Outcome outcome =
          opening instanceof LedgerOpening.Opened opened
              ? compared(store, file, opened.ledger(), checkBytes, findings)
              : built(store, file, opening, checkBytes, findings);
      return report(store, outcome, findings, start);
    }
  }

  private record Outcome(Survey.Result seen, Tally tally, long changes) {}

  /** Compares the old ledger with the disk, and replaces it if they differ. */
  private Outcome compared(
      Store store, LedgerFile file, Ledger old, boolean checkBytes, List<Finding> findings) {
    Survey.Result seen;
    Tally tally;
    long changes;
    CensusLoad.Memory memory;
    try (Ledger ledger = old) {
      if (ledger.isWritable()) {
        finish(store, ledger, findings);
      }
      List<Lease> leases = store.transfers().live();
      seen =
          new Survey(store, leases, options.notices(), checkBytes)
              .without(new Discovery(store, ledger).stillAbsent(leases))
              .run();
      tally = seen.census().count();
      CensusComparison.Result compared = ledger.view().compare(tally);
      changes = compared.differences() + compared.reallocated();
      compared.findings().stream()
          .filter(finding -> finding.kind() != Finding.Kind.ORPHAN_BLOB)
          .forEach(findings::add);
      if (changes == 0 && isCurrent(store, ledger, seen)) {
        return new Outcome(seen, tally, 0);
      }
      memory = ledger.view().memory();
    } catch (RuntimeException e) {
      if (e instanceof OcigcException || !DiskTrouble.isBrokenLedger(e)) {
        throw e;
      }
      LedgerOpening broken = new LedgerOpening.Unusable(String.valueOf(e.getMessage()));
      return built(store, file, broken, checkBytes, findings);
    }
    try (Rebuild rebuild = new Rebuild(store, options.steps())) {
      rebuild.install(file, seen, tally, memory);
    }
    return new Outcome(seen, tally, changes);
  }

  private Outcome built(
      Store store,
      LedgerFile file,
      LedgerOpening opening,
      boolean checkBytes,
      List<Finding> findings) {
    if (opening instanceof LedgerOpening.Unusable unusable) {
      findings.add(setAside(store, file, unusable));
    }
    try (Rebuild rebuild = new Rebuild(store, options.steps()).preparing(file)) {
      Survey.Result seen =
          new Survey(store, store.transfers().live(), options.notices(), checkBytes).run();
      Tally tally = seen.census().count();
      rebuild.install(file, seen, tally, CensusLoad.Memory.NONE);
      return new Outcome(
          seen, tally, tally.sums().contents() + tally.sums().edges() + tally.roots());
    }
  }

  /**
   * A dead delete is finished first; a ledger too wrong for that is about to be replaced anyway.
   */
  private void finish(Store store, Ledger ledger, List<Finding> findings) {
    try (OwnChanges changes = new OwnChanges(store)) {
      new CatchUp(store, ledger, changes).run(CatchUp.Look.REACHABLE);
      new Sweep(store, ledger, changes, options.steps()).finish(options.notices());
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
        .filter(state -> ledger.view().strays().equals(seen.census().strays()))
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
      Store store, Outcome outcome, List<Finding> ofLedger, long start) {
    List<Finding> findings = new ArrayList<>(ofLedger);
    findings.addAll(outcome.seen().findings());
    findings.addAll(DiskFindings.of(store, outcome.seen(), outcome.tally()));
    return new ReconcileReport(
        outcome.tally().roots(),
        outcome.tally().sums(),
        outcome.changes(),
        findings,
        (System.nanoTime() - start) / 1e9);
  }
}
