package io.github.ocigc.ledger;

/** The table usage_total. */
final class TotalsTable {
  private final Handle handle;

  TotalsTable(Handle handle) {
    this.handle = handle;
  }

  Totals read() {
    return handle
        .sql(
            """
            SELECT held_blobs, held_bytes, orphan_blobs, orphan_bytes, condemned_blobs,
              condemned_bytes
            FROM usage_total
            WHERE id = 1
            """)
        .map(
            rs ->
                new Totals(
                    rs.getLong(1),
                    rs.getLong(2),
                    rs.getLong(3),
                    rs.getLong(4),
                    rs.getLong(5),
                    rs.getLong(6)))
        .one();
  }

  void add(Totals change) {
    handle
        .sql(
            """
            UPDATE usage_total
            SET held_blobs = held_blobs + :heldBlobs, held_bytes = held_bytes + :heldBytes,
              orphan_blobs = orphan_blobs + :orphanBlobs,
              orphan_bytes = orphan_bytes + :orphanBytes,
              condemned_blobs = condemned_blobs + :condemnedBlobs,
              condemned_bytes = condemned_bytes + :condemnedBytes
            WHERE id = 1
            """)
        .bind("heldBlobs", change.heldBlobs())
        .bind("heldBytes", change.heldBytes())
        .bind("orphanBlobs", change.orphanBlobs())
        .bind("orphanBytes", change.orphanBytes())
        .bind("condemnedBlobs", change.condemnedBlobs())
        .bind("condemnedBytes", change.condemnedBytes())
        .execute();
  }
}
