package io.github.ocigc.engine;

import io.github.ocigc.ledger.Ledger;
import io.github.ocigc.ledger.StoreState;
import io.github.ocigc.store.BlobWatch;
import io.github.ocigc.store.Store;
import java.util.Optional;

/**
 * What we removed ourselves from the blob folders, told from what others did there meanwhile.
 * Unless nothing of that kind was seen, the ledger keeps the folders' old stamp, and the next
 * command looks through them: so it is after a crash too.
 */
final class OwnRemovals implements AutoCloseable {
  private final Store store;
  private final Ledger ledger;
  private Optional<BlobWatch> watch = Optional.empty();
  private boolean begun;

  OwnRemovals(Store store, Ledger ledger) {
    this.store = store;
    this.ledger = ledger;
  }

  /** To be called before the last catching up that precedes a removal. */
  void begin() {
    if (!begun) {
      begun = true;
      watch = store.blobs().watch();
    }
  }

  /** Notes the folders as they are now if only we have touched them. Takes some 20 ms. */
  void settle() {
    if (watch.isPresent()) {
      String stamp = store.blobs().settledStamp();
      if (watch.get().nothingCame()) {
        StoreState state = ledger.state().orElseThrow();
        ledger.setState(state.seen(state.rootsFingerprint(), stamp));
      }
    }
  }

  @Override
  public void close() {
    watch.ifPresent(BlobWatch::close);
  }
}
