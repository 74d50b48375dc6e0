package io.github.ocigc.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Rows of one table, many to a statement and a thousand to a commit. A statement of {@link
 * #TOGETHER} rows takes four fifths of the time of as many statements of one, batched or not.
 */
final class BatchInsert implements AutoCloseable {
  private static final int TOGETHER = 50;
  private static final int COMMIT_ROWS = 1_000;

  final NextRow row;
  private final Connection connection;
  private final String sql;
  private final String tuple;
  private @Nullable PreparedStatement full;
  private int rows;
  private int uncommitted;

  /** {@code sql}: {@code INSERT INTO … VALUES (?, …)}. */
  BatchInsert(Connection connection, String sql) {
    this.connection = connection;
    this.sql = sql.strip();
    this.tuple = this.sql.substring(this.sql.lastIndexOf('('));
    this.row = new NextRow((int) tuple.chars().filter(c -> c == '?').count(), TOGETHER);
  }

  void add() throws SQLException {
    row.next();
    if (++rows == TOGETHER) {
      if (full == null) {
        full = prepare(TOGETHER);
      }
      send(full);
      if (uncommitted >= COMMIT_ROWS) {
        commit();
      }
    }
  }

  private PreparedStatement prepare(int count) throws SQLException {
    return connection.prepareStatement(sql + (", " + tuple).repeat(count - 1));
  }

  private void send(PreparedStatement statement) throws SQLException {
    row.bind(statement);
    statement.executeUpdate();
    uncommitted += rows;
    rows = 0;
  }

  /** Committed while its pages are still in memory: later, each would be read and written again. */
  private void commit() throws SQLException {
    connection.commit();
    uncommitted = 0;
  }

  /** For rows that those of another table point at. */
  void flush() throws SQLException {
    if (rows > 0) {
      try (PreparedStatement rest = prepare(rows)) {
        send(rest);
      }
    }
    if (uncommitted > 0) {
      commit();
    }
  }

  @Override
  public void close() throws SQLException {
    try {
      flush();
    } finally {
      if (full != null) {
        full.close();
      }
    }
  }
}
