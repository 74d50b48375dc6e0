package io.github.ocigc.ledger;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;

/** The table event. */
final class EventTable {
  private final Handle handle;

  EventTable(Handle handle) {
    this.handle = handle;
  }

  /** Within a transaction, which takes a sample of the store's size at its end. */
  void add(List<Event> events) {
    for (Event event : events) {
      handle.touched().event(event);
      handle
          .sql(
              """
              INSERT INTO event (at, action, reference, freed_blobs, freed_bytes)
              VALUES (:at, :action, :reference, :blobs, :bytes)
              """)
          .bind("at", OffsetDateTime.ofInstant(event.at(), ZoneOffset.UTC))
          .bind("action", event.action())
          .bind("reference", event.reference())
          .bind("blobs", event.freedBlobs())
          .bind("bytes", event.freedBytes())
          .execute();
    }
  }

  /** Newest first. */
  List<Event> newest(int limit) {
    return handle
        .sql(
            """
            SELECT at, action, reference, freed_blobs, freed_bytes
            FROM event
            ORDER BY id DESC
            LIMIT :limit
            """)
        .bind("limit", limit)
        .map(
            rs ->
                new Event(
                    Rows.instant(rs, 1),
                    rs.getString(2),
                    rs.getString(3),
                    rs.getLong(4),
                    rs.getLong(5)))
        .list();
  }
}
