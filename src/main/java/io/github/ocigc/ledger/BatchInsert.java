package io.github.ocigc.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Rows of one table, sent a thousand at a time and committed now and then. */
final class BatchInsert implements AutoCloseable {
  private static final int BATCH_ROWS = 1_000;
  private static final int COMMIT_ROWS = 100_000;

  final PreparedStatement row;
  private final Connection connection;
  private int waiting;
  private int uncommitted;

  BatchInsert(Connection connection, String sql) throws SQLException {
    this.connection = connection;
    this.row = connection.prepareStatement(sql);
  }

  void add() throws SQLException {
    row.addBatch();
    if (++waiting == BATCH_ROWS) {
      row.executeBatch();
      waiting = 0;
    }
    if (++uncommitted == COMMIT_ROWS) {
      connection.commit();
      uncommitted = 0;
    }
  }

  @Override
  public void close() throws SQLException {
    try (row) {
      if (waiting > 0) {
        row.executeBatch();
      }
    }
  }
}
