package io.github.ocigc.ledger;

import io.github.ocigc.oci.Digest;
import io.github.ocigc.oci.Lease;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

/**
 * The rows of a load in the small tables, by SQL, when the large ones are there. Committed in
 * parts.
 */
final class SmallRows {
  private final Connection connection;
  private final Tally tally;
  private final RowIds rows;

  SmallRows(Connection connection, Tally tally, RowIds rows) {
    this.connection = connection;
    this.tally = tally;
    this.rows = rows;
  }

  /** What the disk says, and of the old ledger what only it knows and no other table has. */
  void write(Map<String, Integer> mediaTypes, CensusLoad.Memory memory) throws SQLException {
    connection.setAutoCommit(false);
    mediaTypes(mediaTypes);
    states();
    unheld(memory.unheld());
    leases();
    history(memory.history());
    connection.setAutoCommit(true);
  }

  private void mediaTypes(Map<String, Integer> ids) throws SQLException {
    try (BatchInsert batch =
        new BatchInsert(connection, "INSERT INTO media_type (id, name) VALUES (?, ?)")) {
      for (Map.Entry<String, Integer> type : ids.entrySet()) {
        batch.row.set(1, type.getValue());
        batch.row.set(2, type.getKey());
        batch.add();
      }
    }
  }

  private void states() throws SQLException {
    Census census = tally.census;
    try (BatchInsert referrer =
            new BatchInsert(
                connection, "INSERT INTO referrer (content_id, subject) VALUES (?, ?)");
        BatchInsert absent =
            new BatchInsert(connection, "INSERT INTO absent (content_id) VALUES (?)");
        BatchInsert damage =
            new BatchInsert(connection, "INSERT INTO damage (content_id) VALUES (?)")) {
      for (int number : rows.order()) {
        if (census.subject(number).isPresent()) {
          referrer.row.set(1, rows.id(number));
          referrer.row.set(2, census.digests.text(census.subject(number).get()));
          referrer.add();
        }
        if (!census.present(number)) {
          absent.row.set(1, rows.id(number));
          absent.add();
        }
        if (tally.damaged(number)) {
          damage.row.set(1, rows.id(number));
          damage.add();
        }
      }
    }
  }

  private void unheld(Map<Digest, Instant> unheld) throws SQLException {
    try (BatchInsert batch =
        new BatchInsert(connection, "INSERT INTO unheld (content_id, since) VALUES (?, ?)")) {
      for (Map.Entry<Digest, Instant> entry : unheld.entrySet()) {
        int number = tally.census.digests.find(entry.getKey());
        if (number >= 0 && rows.id(number) > 0 && !tally.held(number)) {
          batch.row.set(1, rows.id(number));
          batch.row.set(2, OffsetDateTime.ofInstant(entry.getValue(), ZoneOffset.UTC));
          batch.add();
        }
      }
    }
  }

  private void leases() throws SQLException {
    try (BatchInsert lease =
            new BatchInsert(connection, "INSERT INTO lease (id, owner) VALUES (?, ?)");
        BatchInsert named =
            new BatchInsert(
                connection, "INSERT INTO lease_content (lease_id, content_id) VALUES (?, ?)")) {
      for (Lease live : tally.census.leases) {
        lease.row.set(1, live.id());
        lease.row.set(2, live.owner());
        lease.add();
      }
      lease.flush();
      for (Lease live : tally.census.leases) {
        for (Digest digest : live.digests()) {
          named.row.set(1, live.id());
          named.row.set(2, rows.id(tally.census.digests.find(digest)));
          named.add();
        }
      }
    }
  }

  /** {@code history} is newest first; ids are to rise with time. */
  private void history(List<Event> history) throws SQLException {
    String sql =
        """
        INSERT INTO event (at, action, reference, freed_blobs, freed_bytes)
        VALUES (?, ?, ?, ?, ?)
        """;
    try (BatchInsert batch = new BatchInsert(connection, sql)) {
      for (int i = history.size() - 1; i >= 0; i--) {
        Event event = history.get(i);
        batch.row.set(1, OffsetDateTime.ofInstant(event.at(), ZoneOffset.UTC));
        batch.row.set(2, event.action());
        batch.row.set(3, event.reference());
        batch.row.set(4, event.freedBlobs());
        batch.row.set(5, event.freedBytes());
        batch.add();
      }
    }
  }
}
