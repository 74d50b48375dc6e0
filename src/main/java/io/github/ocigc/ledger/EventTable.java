package io.github.ocigc.ledger;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** The table event. */
final class EventTable {
  private final Handle handle;

  EventTable(Handle handle) {
    this.handle = handle;
  }

  void add(List<Event> events) {
    PreparedBatch batch =
        handle.prepareBatch(
            """
            INSERT INTO event (at, action, reference, freed_blobs, freed_bytes)
            VALUES (:at, :action, :reference, :blobs, :bytes)
            """);
    for (Event event : events) {
      batch
          .bind("at", OffsetDateTime.ofInstant(event.at(), ZoneOffset.UTC))
          .bind("action", event.action())
          .bind("reference", event.reference())
          .bind("blobs", event.freedBlobs())
          .bind("bytes", event.freedBytes())
          .add();
    }
    batch.execute();
  }

  /** Newest first. */
  List<Event> newest(int limit) {
    return handle
        .createQuery(
            """
            SELECT at, action, reference, freed_blobs, freed_bytes
            FROM event
            ORDER BY id DESC
            LIMIT :limit
            """)
        .bind("limit", limit)
        .map(
            (rs, ctx) ->
                new Event(
                    rs.getObject(1, OffsetDateTime.class).toInstant(),
                    rs.getString(2),
                    rs.getString(3),
                    rs.getLong(4),
                    rs.getLong(5)))
        .list();
  }
}
