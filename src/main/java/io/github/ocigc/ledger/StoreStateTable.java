package io.github.ocigc.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The table store_state. */
final class StoreStateTable {
  private final Handle handle;

  StoreStateTable(Handle handle) {
    this.handle = handle;
  }

  /** Empty in a ledger that was never built to its end. */
  static Optional<StoreState> read(Tables tables) {
    List<StoreState> one = new ArrayList<>();
    tables
        .scan(
            "store_state",
            "kind",
            "root",
            "identity",
            "roots_fingerprint",
            "blobs_stamp",
            "generation",
            "completeness")
        .forEach(
            row ->
                one.add(
                    new StoreState(
                        row.text(1),
                        row.text(2),
                        row.text(3),
                        row.text(4),
                        row.text(5),
                        row.number(6),
                        row.text(7).equals("COMPLETE"))));
    return one.stream().findFirst();
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
