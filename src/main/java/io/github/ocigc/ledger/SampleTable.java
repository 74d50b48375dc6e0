package io.github.ocigc.ledger;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;

/** The table usage_sample. */
final class SampleTable {
  private final Handle handle;

  SampleTable(Handle handle) {
    this.handle = handle;
  }

  /** Takes a sample of the totals as they are now. */
  void take(Instant at, String action) {
    handle
        .sql(
            """
            INSERT INTO usage_sample (at, action, roots, blobs, bytes, allocated_bytes)
            SELECT :at, :action, roots, held_blobs + orphan_blobs,
              held_bytes + orphan_bytes, held_allocated_bytes + orphan_allocated_bytes
            FROM usage_total
            WHERE id = 1
            """)
        .bind("at", OffsetDateTime.ofInstant(at, ZoneOffset.UTC))
        .bind("action", action)
        .execute();
  }

  void add(List<UsageSample> samples) {
    for (UsageSample sample : samples) {
      handle
          .sql(
              """
              INSERT INTO usage_sample (at, action, roots, blobs, bytes, allocated_bytes)
              VALUES (:at, :action, :roots, :blobs, :bytes, :allocated)
              """)
          .bind("at", OffsetDateTime.ofInstant(sample.at(), ZoneOffset.UTC))
          .bind("action", sample.action())
          .bind("roots", sample.roots())
          .bind("blobs", sample.blobs())
          .bind("bytes", sample.size().bytes())
          .bind("allocated", sample.size().allocatedBytes())
          .execute();
    }
  }

  /** Oldest first. */
  List<UsageSample> all() {
    return handle
        .sql(
            """
            SELECT at, action, roots, blobs, bytes, allocated_bytes
            FROM usage_sample
            ORDER BY id
            """)
        .map(
            rs ->
                new UsageSample(
                    Rows.instant(rs, 1),
                    rs.getString(2),
                    rs.getLong(3),
                    rs.getLong(4),
                    Content.size(rs, 5)))
        .list();
  }
}
