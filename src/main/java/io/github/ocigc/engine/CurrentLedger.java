package io.github.ocigc.engine;

import io.github.ocigc.ledger.Ledger;
import io.github.ocigc.ledger.LedgerFile;
import io.github.ocigc.ledger.LedgerGlance;
import io.github.ocigc.ledger.LedgerOpening;
import io.github.ocigc.ledger.StoreState;
import io.github.ocigc.oci.Digest;
import io.github.ocigc.store.Store;
import java.util.Optional;
import java.util.function.Function;

/**
 * The ledger as it is, for those who only ask: opened for reading, which writes and fsyncs nothing.
 * That will do where it is whole and of this store, knows all that the disk says, and no dead
 * command left anything to finish. The store's lock is held, so that it stays so.
 */
final class CurrentLedger {
  private final Store store;
  private final LedgerFile file;

  CurrentLedger(Store store, LedgerFile file) {
    this.store = store;
    this.file = file;
  }

  /** Empty if there is anything to do, however small; then the ledger is to be opened to write. */
  Optional<Ledger> open(CatchUp.Look look) {
    if (!file.isClosed() || !(file.openReadOnly() instanceof LedgerOpening.Opened opened)) {
      return Optional.empty();
    }
    Ledger ledger = opened.ledger();
    boolean current = false;
    try {
      current = isCurrent(ledger, look);
      return current ? Optional.of(ledger) : Optional.empty();
    } catch (RuntimeException e) {
      if (!DiskTrouble.isBrokenLedger(e)) {
        throw e;
      }
      return Optional.empty(); // who opens it to write meets the same, and knows what to do
    } finally {
      if (!current) {
        file.giveBack(ledger);
      }
    }
  }

  /**
   * Answers a question without the database; empty as above, and if the ledger knows of transfers.
   */
  <T> Optional<T> glance(Function<LedgerGlance, T> question) {
    Optional<LedgerGlance> opened = file.glance();
    if (opened.isEmpty()) {
      return Optional.empty();
    }
    try (LedgerGlance glance = opened.get()) {
      return isCurrent(glance) ? Optional.of(question.apply(glance)) : Optional.empty();
    } catch (RuntimeException e) {
      if (!DiskTrouble.isBrokenLedger(e)) {
        throw e;
      }
      return Optional.empty(); // the database meets the same
    }
  }

  private boolean isCurrent(LedgerGlance glance) {
    StoreState state = glance.state();
    return isHere(state)
        && glance.atRest()
        && store.transfers().live().isEmpty()
        && store.isAt(state.rootsFingerprint())
        && (store.blobs().times().isAt(state.blobsStamp())
            || glance.absent().stream().noneMatch(this::isHere));
  }

  private boolean isHere(Digest digest) {
    return store.blobs().stat(digest).isPresent();
  }

  private boolean isHere(StoreState state) {
    return Rebuild.isOf(store, state) && state.root().equals(store.paths().root().toString());
  }

  private boolean isCurrent(Ledger ledger, CatchUp.Look look) {
    return isHere(ledger.state().orElseThrow())
        && new CatchUp(store, ledger, new OwnChanges(store)).isDone(look)
        && ledger.condemned().isEmpty();
  }
}
