package io.github.ocigc.engine;

import io.github.ocigc.ledger.Ledger;
import io.github.ocigc.store.Store;
import io.github.ocigc.store.Transfer;
import java.util.function.Consumer;

/**
 * The lease of what leaves the store, until it is closed: then, with the store locked for a moment,
 * what was done is noted, and what a delete has left to the lease goes.
 */
final class Departure implements AutoCloseable {
  private final Store store;
  private final Options options;
  private final OwnChanges changes;
  private final String what;
  private final Transfer transfer;
  private Consumer<Ledger> note = ledger -> {};

  Departure(Store store, Options options, OwnChanges changes, String what, Transfer transfer) {
    this.store = store;
    this.options = options;
    this.changes = changes;
    this.what = what;
    this.transfer = transfer;
  }

  /** It got there: this is to be noted when the lease ends. */
  void arrived(Consumer<Ledger> noting) {
    note = noting;
  }

  @Override
  public void close() {
    try (transfer;
        OpenStore open = OpenStore.during(store, what, options, changes)) {
      transfer.close();
      open.catchUp();
      note.accept(open.ledger());
      open.sweep().finish(options.notices());
      open.settle();
    }
  }
}
