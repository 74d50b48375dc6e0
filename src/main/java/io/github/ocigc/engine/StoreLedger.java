package io.github.ocigc.engine;

import io.github.ocigc.ledger.CensusLoad;
import io.github.ocigc.ledger.Ledger;
import io.github.ocigc.ledger.LedgerFile;
import io.github.ocigc.ledger.LedgerOpening;
import io.github.ocigc.ledger.StoreState;
import io.github.ocigc.ledger.Tally;
import io.github.ocigc.oci.OcigcException;
import io.github.ocigc.store.Store;
import java.nio.file.Path;
import java.util.List;

/**
 * A store's ledger, whatever there is of it: opened if it can be used, else set aside and built
 * anew from the disk. Who asks holds the store's lock, if the store can be written.
 */
final class StoreLedger {
  private final Store store;
  private final LedgerFile file;
  private final Options options;

  StoreLedger(Store store, LedgerFile file, Options options) {
    this.store = store;
    this.file = file;
    this.options = options;
  }

  /** To be written: one that there is if it is usable and of this store, else a new one. */
  Ledger openOrBuild() {
    LedgerOpening opening = opened(file);
    CensusLoad.Memory memory = CensusLoad.Memory.NONE;
    if (opening instanceof LedgerOpening.Opened opened) {
      if (isOfThisStore(opened.ledger())) {
        return opened.ledger();
      }
      memory = opened.ledger().view().memory();
      opened.ledger().close();
    } else if (opening instanceof LedgerOpening.Unusable unusable) {
      Path aside = file.setAside();
      options
          .notices()
          .note(
              "The ledger could not be used (%s). It was set aside as %s; building it anew."
                  .formatted(unusable.reason(), store.paths().show(aside)));
    } else {
      options.notices().note("This store has no ledger yet: building it from the disk.");
    }
    try (Rebuild rebuild = new Rebuild(store, options.steps()).preparing(file)) {
      Survey.Result seen =
          new Survey(store, store.transfers().live(), options.notices(), false).run();
      Tally tally = seen.census().count();
      rebuild.install(file, seen, tally, memory);
    }
    return ((LedgerOpening.Opened) opened(file)).ledger();
  }

  /** What is there; who holds it open without the store's lock is told of. */
  static LedgerOpening opened(LedgerFile file) {
    LedgerOpening opening = file.open();
    if (opening instanceof LedgerOpening.Busy) {
      throw new OcigcException.Locked(
          file.path()
              + " is open in another program, which does not take the store's lock."
              + " Close it (a database console, perhaps) and try again.");
    }
    return opening;
  }

  /** False if this is the ledger of another store: of the one that this was copied from. */
  private boolean isOfThisStore(Ledger ledger) {
    StoreState state = ledger.state().orElseThrow();
    String root = store.paths().root().toString();
    if (Rebuild.isOf(store, state)) {
      if (!state.root().equals(root)) {
        ledger.setState(
            new StoreState(
                state.kind(),
                root,
                state.identity(),
                state.rootsFingerprint(),
                state.blobsStamp(),
                state.generation(),
                state.complete()));
        options.notices().note("This store was at " + state.root() + "; it has been moved here.");
      }
      return true;
    }
    options
        .notices()
        .note(
            state.identity().equals(StoreState.OUTDATED)
                ? "The ledger was written by an earlier ocigc-ledger: building it anew."
                : "This ledger was made at "
                    + state.root()
                    + "; this is a copy. Building it anew.");
    return false;
  }

  /** Of a store that cannot be written: to be read, or worked out in memory if it is behind. */
  Ledger readOnly() {
    if (file.openReadOnly() instanceof LedgerOpening.Opened opened) {
      StoreState state = opened.ledger().state().orElseThrow();
      if (store.isAt(state.rootsFingerprint()) && !opened.ledger().hasIntent()) {
        return opened.ledger();
      }
      opened.ledger().close();
    }
    options
        .notices()
        .note(
            "The store cannot be written and its ledger is missing or behind:"
                + " working it out from the disk, without keeping it.");
    Survey.Result seen = new Survey(store, List.of(), options.notices(), false).run();
    return new Rebuild(store, options.steps()).inMemory(seen, seen.census().count());
  }
}
