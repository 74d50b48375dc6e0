package io.github.ocigc.engine;

import io.github.ocigc.ledger.DatabaseTrouble;
import io.github.ocigc.store.Refusals;
import io.github.ocigc.store.StorePaths;
import java.nio.file.Path;
import java.util.Optional;

/** Words for a ledger that could not be written. */
public final class DiskTrouble {
  private DiskTrouble() {}

  /** True if a verb failed because the ledger's file is broken: a reconcile replaces it. */
  public static boolean isBrokenLedger(Throwable e) {
    return DatabaseTrouble.ofFile(e);
  }

  /** A message, if a verb failed because the disk refused the ledger; empty for anything else. */
  public static Optional<String> explain(Throwable e, Path store) {
    return DatabaseTrouble.ofDisk(e)
        .map(
            refused ->
                "Could not write the ledger in "
                    + store.resolve(StorePaths.OWN_FOLDER)
                    + ": "
                    + Refusals.reason(refused)
                    + ".\nThe store's files are as the last finished step left them. Make room there,"
                    + " or look after the disk; the next command puts the ledger right.");
  }
}
