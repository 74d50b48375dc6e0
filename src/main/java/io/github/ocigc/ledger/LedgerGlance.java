package io.github.ocigc.ledger;

import io.github.ocigc.oci.Digest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The few rows of a ledger that tell what its roots are and whether it is up to date, read without
 * opening the database, which takes most of a short command's time. To be had of a ledger that was
 * closed well and is of this version's schema; whatever else there may be is left to the database.
 * The file is not written. Not safe for use by several threads; the caller holds the store's lock.
 */
public final class LedgerGlance implements AutoCloseable {
  private final TableFile tables;
  private final StoreState state;

  private LedgerGlance(TableFile tables, StoreState state) {
    this.tables = tables;
    this.state = state;
  }

  /** Takes over the file; empty if the database is to be asked. */
  static Optional<LedgerGlance> of(TableFile tables) {
    Optional<LedgerGlance> glance = Optional.empty();
    try {
      if (tables.settled()
          && LedgerSchema.version(tables) == LedgerSchema.CURRENT
          && LedgerSchema.isWhole(tables)) {
        glance =
            StoreStateTable.read(tables)
                .filter(StoreState::complete)
                .map(state -> new LedgerGlance(tables, state));
      }
      return glance;
    } finally {
      if (glance.isEmpty()) {
        tables.close();
      }
    }
  }

  public StoreState state() {
    return state;
  }

  /** True if it knows of no transfer, of no dead delete, and of no file that is to be unlinked. */
  public boolean atRest() {
    return tables.isEmpty("lease") && tables.isEmpty("intent") && tables.isEmpty("condemned");
  }

  /** As {@link Holdings#absent}. */
  public List<Digest> absent() {
    List<Digest> absent = new ArrayList<>();
    TableScan contents = tables.scan("content", "digest");
    tables
        .scan("absent", "content_id")
        .forEach(
            row ->
                contents
                    .at(row.number(1))
                    .ifPresent(content -> absent.add(Content.digest(content.text(1)))));
    return absent;
  }

  /** As {@link LedgerView#usages}. */
  public List<RootUsage> usages() {
    return TagTable.usages(tables);
  }

  /** As {@link LedgerView#pushedRoots}. */
  public List<Pushed> pushedRoots() {
    return PushedTable.ofRoots(tables);
  }

  @Override
  public void close() {
    tables.close();
  }
}
