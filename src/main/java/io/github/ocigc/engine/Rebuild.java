package io.github.ocigc.engine;

import io.github.ocigc.ledger.CensusLoad;
import io.github.ocigc.ledger.Ledger;
import io.github.ocigc.ledger.LedgerFile;
import io.github.ocigc.ledger.Meanwhile;
import io.github.ocigc.ledger.StoreState;
import io.github.ocigc.ledger.Tally;
import io.github.ocigc.store.Refusals;
import io.github.ocigc.store.Steps;
import io.github.ocigc.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Writing a whole ledger from what a survey has seen. The new one is built in a file of its own and
 * renamed into place: a crash before that leaves the old one as it was.
 */
final class Rebuild implements AutoCloseable {
  private final Store store;
  private final Steps steps;

  private Optional<Meanwhile<CensusLoad>> prepared = Optional.empty();

  Rebuild(Store store, Steps steps) {
    this.store = store;
    this.steps = steps;
  }

  /** Begins to make the empty ledger while the disk is being surveyed. */
  Rebuild preparing(LedgerFile file) {
    prepared = Optional.of(new Meanwhile<>(file::createBeside));
    return this;
  }

  private CensusLoad empty(LedgerFile file) {
    if (prepared.isEmpty()) {
      return file.createBeside();
    }
    Meanwhile<CensusLoad> made = prepared.get();
    prepared = Optional.empty();
    return made.result();
  }

  /** Nobody makes a ledger any more when this returns. */
  @Override
  public void close() {
    prepared.ifPresent(Meanwhile::settle);
  }

  /** The old ledger, if any, is closed by now. */
  void install(LedgerFile file, Survey.Result seen, Tally tally, CensusLoad.Memory memory) {
    CensusLoad empty = empty(file);
    steps.reached("ledger-begun");
    empty.load(tally, memory, state(seen)).close();
    steps.reached("ledger-built");
    file.install();
    syncFolder(file.path());
    steps.reached("ledger-installed");
  }

  /** For a store that cannot be written: the caller closes the ledger, and it is gone. */
  Ledger inMemory(Survey.Result seen, Tally tally) {
    return LedgerFile.inMemory().load(tally, CensusLoad.Memory.NONE, state(seen));
  }

  private StoreState state(Survey.Result seen) {
    return new StoreState(
        store.kind(),
        store.paths().root().toString(),
        identity(store),
        CatchUp.remembered(seen.roots()),
        seen.blobsStamp(),
        1,
        true);
  }

  /** True if a ledger that says this of itself was written for this store. */
  static boolean isOf(Store store, StoreState state) {
    return state.kind().equals(store.kind()) && state.identity().equals(identity(store));
  }

  /** A folder is itself by its device and inode: a copy of a store is another store. */
  static String identity(Store store) {
    Path root = store.paths().root();
    try {
      return Files.getAttribute(root, "unix:dev") + ":" + Files.getAttribute(root, "unix:ino");
    } catch (IOException e) {
      throw Refusals.of("look at", root, e);
    }
  }

  private static void syncFolder(Path file) {
    Path folder = file.resolveSibling(".");
    try (java.nio.channels.FileChannel channel = java.nio.channels.FileChannel.open(folder)) {
      channel.force(true);
    } catch (IOException e) {
      throw Refusals.of("make the new ledger durable in", folder, e);
    }
  }
}
