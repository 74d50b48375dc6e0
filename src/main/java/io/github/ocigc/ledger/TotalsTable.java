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
            SELECT held_blobs, held_bytes, held_allocated_bytes, orphan_blobs, orphan_bytes,
              orphan_allocated_bytes, condemned_blobs, condemned_bytes, condemned_allocated_bytes,
              names_xor, roots
            FROM usage_total
            WHERE id = 1
            """)
        .map(
            rs ->
                new Totals(
                    rs.getLong(1),
                    Content.size(rs, 2),
                    rs.getLong(4),
                    Content.size(rs, 5),
                    rs.getLong(7),
                    Content.size(rs, 8),
                    rs.getLong(10),
                    rs.getLong(11)))
        .one();
  }

  void add(Totals change) {
    handle
        .sql(
            """
            UPDATE usage_total
            SET held_blobs = held_blobs + :heldBlobs, held_bytes = held_bytes + :heldBytes,
              held_allocated_bytes = held_allocated_bytes + :heldAllocated,
              orphan_blobs = orphan_blobs + :orphanBlobs,
              orphan_bytes = orphan_bytes + :orphanBytes,
              orphan_allocated_bytes = orphan_allocated_bytes + :orphanAllocated,
              condemned_blobs = condemned_blobs + :condemnedBlobs,
              condemned_bytes = condemned_bytes + :condemnedBytes,
              condemned_allocated_bytes = condemned_allocated_bytes + :condemnedAllocated,
              names_xor = BITXOR(names_xor, CAST(:names AS BIGINT)), roots = roots + :roots
            WHERE id = 1
            """)
        .bind("heldBlobs", change.heldBlobs())
        .bind("heldBytes", change.held().bytes())
        .bind("heldAllocated", change.held().allocatedBytes())
        .bind("orphanBlobs", change.orphanBlobs())
        .bind("orphanBytes", change.orphans().bytes())
        .bind("orphanAllocated", change.orphans().allocatedBytes())
        .bind("condemnedBlobs", change.condemnedBlobs())
        .bind("condemnedBytes", change.condemned().bytes())
        .bind("condemnedAllocated", change.condemned().allocatedBytes())
        .bind("names", change.namesXor())
        .bind("roots", change.roots())
        .execute();
  }
}
