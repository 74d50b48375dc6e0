package io.github.ocigc.engine;

import io.github.ocigc.ledger.Ledger;
import io.github.ocigc.ledger.StoreState;
import io.github.ocigc.oci.Digest;
import io.github.ocigc.store.BlobWatch;
import io.github.ocigc.store.Store;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * What we did ourselves in the blob folders, told from what others did there meanwhile. Unless
 * nothing of that kind was seen, the next catching up looks through the folders: so it is after a
 * crash too. May outlive one opening of the store, as a transfer does. Used by one thread at a
 * time.
 */
final class OwnChanges implements AutoCloseable {
  private final Store store;
  private final Set<Digest> brought = new HashSet<>();
  private Optional<BlobWatch> watch = Optional.empty();
  private boolean begun;
  private boolean caughtUp;

  OwnChanges(Store store) {
    this.store = store;
  }

  /** To be called before the last catching up that precedes a change of ours. */
  void begin() {
    if (!begun) {
      begun = true;
      watch = store.blobs().watch();
    }
  }

  /** The ledger knows of all that came before {@link #begin}. */
  void caughtUp() {
    caughtUp = begun;
  }

  /** Something is there that the ledger does not know of after all. */
  void othersCame() {
    caughtUp = false;
  }

  /** Files of ours are about to come. */
  void bringing(Set<Digest> digests) {
    brought.addAll(digests);
  }

  /** True if nothing but ours has come since the ledger caught up, and if that can be told. */
  boolean nothingElseCame() {
    return caughtUp && watch.isPresent() && watch.get().nothingCameBut(brought);
  }

  /** Notes the folders as they are now if only we have touched them. */
  void settle(Ledger ledger) {
    if (caughtUp && watch.isPresent()) {
      String stamp = store.blobs().seal();
      if (nothingElseCame()) {
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
