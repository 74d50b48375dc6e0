package io.github.ocigc.ledger;

import java.util.Optional;

/** The table store_state. */
final class StoreStateTable {
  private final Handle handle;

  StoreStateTable(Handle handle) {
    this.handle = handle;
  }

  Optional<StoreState> read() {
    return handle
        .sql(
            """
            SELECT kind, root, identity, roots_fingerprint, blobs_stamp, generation, completeness
            FROM store_state
            WHERE id = 1
            """)
        .map(
            rs ->
                new StoreState(
                    rs.getString(1),
                    rs.getString(2),
                    rs.getString(3),
                    rs.getString(4),
                    rs.getString(5),
                    rs.getLong(6),
                    rs.getString(7).equals("COMPLETE")))
        .findOne();
  }

  void write(StoreState state) {
    handle
        .sql(
            """
            MERGE INTO store_state (id, kind, root, identity, roots_fingerprint, blobs_stamp,
              generation, completeness)
            KEY (id)
            VALUES (1, :kind, :root, :identity, :fingerprint, :stamp, :generation, :completeness)
            """)
        .bind("kind", state.kind())
        .bind("root", state.root())
        .bind("identity", state.identity())
        .bind("fingerprint", state.rootsFingerprint())
        .bind("stamp", state.blobsStamp())
        .bind("generation", state.generation())
        .bind("completeness", state.complete() ? "COMPLETE" : "REBUILDING")
        .execute();
  }
}
