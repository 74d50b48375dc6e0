package io.github.ocigc.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An open connection and its statements, each prepared once: SQL as text with named values. See the
 * package for why this is not Jdbi. Not safe for use by several threads; owns the connection.
 */
final class Handle implements AutoCloseable {
  private final Connection connection;
  private final Map<String, Prepared> idle = new HashMap<>();
  private final Touched touched = new Touched();
  private long nanos;

  Handle(Connection connection) {
    this.connection = connection;
  }

  /** What the transaction under way has changed that sums depend on. */
  Touched touched() {
    return touched;
  }

  /** A statement with the names of its values; the database's own is made when it is needed. */
  final class Prepared {
    private final NamedSql sql;
    private @Nullable PreparedStatement statement;

    private Prepared(NamedSql sql) {
      this.sql = sql;
    }

    NamedSql sql() {
      return sql;
    }

    PreparedStatement statement() throws SQLException {
      PreparedStatement made = statement;
      if (made == null) {
        made = connection.prepareStatement(sql.positional());
        statement = made;
      }
      return made;
    }
  }

  /** A statement to be given its values and run. */
  Sql sql(String text) {
    Prepared ready = idle.remove(text); // another use of it meanwhile prepares its own
    return new Sql(this, text, ready == null ? new Prepared(NamedSql.of(text)) : ready);
  }

  /** A statement is done, and may be used again. */
  void back(String text, Prepared statement, long tookNanos) {
    nanos += tookNanos;
    idle.put(text, statement);
  }

  /** Runs a statement without values. */
  void execute(String text) {
    long start = System.nanoTime();
    try (Statement statement = connection.createStatement()) {
      statement.execute(text);
    } catch (SQLException e) {
      throw new SqlFailure("cannot run " + text, e);
    }
    nanos += System.nanoTime() - start;
  }

  /** All of the work and what the sums make of it or, if it throws, nothing. */
  <T> T inTransaction(Supplier<T> work) {
    try {
      connection.setAutoCommit(false);
      touched.clear();
      try {
        T result = work.get();
        new UsageReview(this).review(touched);
        connection.commit();
        return result;
      } catch (SQLException | RuntimeException | Error e) {
        try {
          connection.rollback();
        } catch (SQLException alsoFailed) {
          e.addSuppressed(alsoFailed);
        }
        throw e;
      } finally {
        if (!connection.isClosed()) {
          connection.setAutoCommit(true);
        }
      }
    } catch (SQLException e) {
      throw new SqlFailure("cannot commit", e);
    }
  }

  /**
   * For a query of a whole table, which the database would copy into a temporary file first. No
   * other statement may run while its rows are read.
   */
  void rowByRow(Runnable query) {
    execute("SET LAZY_QUERY_EXECUTION TRUE");
    try {
      query.run();
    } finally {
      execute("SET LAZY_QUERY_EXECUTION FALSE");
    }
  }

  /** What was committed last, read without SQL. */
  Catalogue tables() {
    return Catalogue.of(connection);
  }

  /** For what needs JDBC itself. */
  Connection connection() {
    return connection;
  }

  /** How long statements have run so far. */
  long nanos() {
    return nanos;
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new SqlFailure("cannot close the ledger", e);
    }
  }
}
