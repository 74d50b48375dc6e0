package io.github.ocigc.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Rows of one table, sent and committed a thousand at a time. */
final class BatchInsert implements AutoCloseable {
  private static final int BATCH_ROWS = 1_000;

  final PreparedStatement row;
  private final Connection connection;
  private int waiting;

  BatchInsert(Connection connection, String sql) throws SQLException {
    this.connection = connection;
    this.row = connection.prepareStatement(sql);
  }

  void add() throws SQLException {
    row.addBatch();
    if (++waiting == BATCH_ROWS) {
      send();
    }
  }

  /** Committed while its pages are still in memory: later, each would be read and written again. */
  private void send() throws SQLException {
    row.executeBatch();
    connection.commit();
    waiting = 0;
  }

  /** For rows that those of another table point at. */
  void flush() throws SQLException {
    if (waiting > 0) {
      send();
    }
  }

  @Override
  public void close() throws SQLException {
    try (row) {
      flush();
    }
  }
}
