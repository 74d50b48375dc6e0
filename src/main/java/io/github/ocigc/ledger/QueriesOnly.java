package io.github.ocigc.ledger;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.CallableStatement;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.h2.api.ErrorCode;
import org.h2.command.Command;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.message.DbException;

/**
 * A connection that runs queries and no other statement. In a read-only database a user without
 * rights may still set its own password, make temporary tables and change settings of its session;
 * here the database's own parser says what is a query, before anything runs. Several statements in
 * one text are refused too.
 *
 * <p>A subclass, because the database's web console takes no other connection for one of this
 * database.
 */
final class QueriesOnly extends JdbcConnection {
  QueriesOnly(String url, Properties user) throws SQLException {
    super(url, user, null, null, true);
  }

  /** Ends the query that is running, if there is one, with an error. Does not wait for it. */
  void stop() {
    Command running = ((SessionLocal) getSession()).getCurrentCommand();
    if (running != null) {
      running.cancel();
    }
  }

  private void requireQuery(String sql) throws SQLException {
    SessionLocal session = (SessionLocal) getSession();
    session.lock();
    try {
      if (session.prepare(sql).isQuery()) {
        return;
      }
    } catch (DbException e) {
      throw DbException.toSQLException(e);
    } finally {
      session.unlock();
    }
    throw new SQLException(
        "This is a read-only copy of the ledger: it answers queries (SELECT, VALUES, SHOW, EXPLAIN)"
            + " and runs nothing else.",
        "42000",
        ErrorCode.DATABASE_IS_READ_ONLY);
  }

  private Statement guarded(Statement statement) {
    return (Statement)
        Proxy.newProxyInstance(
            QueriesOnly.class.getClassLoader(),
            new Class<?>[] {Statement.class},
            (proxy, method, args) -> {
              if (args != null && args.length > 0 && args[0] instanceof String sql) {
                requireQuery(sql);
              }
              try {
                return method.invoke(statement, args);
              } catch (InvocationTargetException e) {
                throw e.getTargetException();
              }
            });
  }

  @Override
  public Statement createStatement() throws SQLException {
    return guarded(super.createStatement());
  }

  @Override
  public Statement createStatement(int type, int concurrency) throws SQLException {
    return guarded(super.createStatement(type, concurrency));
  }

  @Override
  public Statement createStatement(int type, int concurrency, int holdability) throws SQLException {
    return guarded(super.createStatement(type, concurrency, holdability));
  }

  @Override
  public PreparedStatement prepareStatement(String sql) throws SQLException {
    requireQuery(sql);
    return super.prepareStatement(sql);
  }

  @Override
  public PreparedStatement prepareStatement(String sql, int type, int concurrency)
      throws SQLException {
    requireQuery(sql);
    return super.prepareStatement(sql, type, concurrency);
  }

  @Override
  public PreparedStatement prepareStatement(String sql, int type, int concurrency, int holdability)
      throws SQLException {
    requireQuery(sql);
    return super.prepareStatement(sql, type, concurrency, holdability);
  }

  @Override
  public PreparedStatement prepareStatement(String sql, int keys) throws SQLException {
    requireQuery(sql);
    return super.prepareStatement(sql, keys);
  }

  @Override
  public PreparedStatement prepareStatement(String sql, int[] columns) throws SQLException {
    requireQuery(sql);
    return super.prepareStatement(sql, columns);
  }

  @Override
  public PreparedStatement prepareStatement(String sql, String[] columns) throws SQLException {
    requireQuery(sql);
    return super.prepareStatement(sql, columns);
  }

  @Override
  public CallableStatement prepareCall(String sql) throws SQLException {
    requireQuery(sql);
    return super.prepareCall(sql);
  }

  @Override
  public CallableStatement prepareCall(String sql, int type, int concurrency) throws SQLException {
    requireQuery(sql);
    return super.prepareCall(sql, type, concurrency);
  }

  @Override
  public CallableStatement prepareCall(String sql, int type, int concurrency, int holdability)
      throws SQLException {
    requireQuery(sql);
    return super.prepareCall(sql, type, concurrency, holdability);
  }
}
