package io.github.ocigc.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.db.MVTable;

/**
 * What an open database has. A query of its information schema or of so many tables takes
 * milliseconds of each command, so this asks the database's own list, as {@link Space} does.
 */
final class Catalogue {
  private final SessionLocal session;

  private Catalogue(SessionLocal session) {
    this.session = session;
  }

  static Catalogue of(Connection connection) {
    try {
      return new Catalogue((SessionLocal) connection.unwrap(JdbcConnection.class).getSession());
    } catch (SQLException e) {
      throw new SqlFailure("cannot look at the catalogue", e);
    }
  }

  /** True if all of these tables and views are there, by the names that the database keeps. */
  boolean hasTables(List<String> names) {
    for (String name : names) {
      if (session.getDatabase().getMainSchema().findTableOrView(session, name) == null) {
        return false;
      }
    }
    return true;
  }

  /** A table that is there. */
  StoredTable table(String name) {
    return StoredTable.of(
        (MVTable) session.getDatabase().getMainSchema().getTableOrView(session, name));
  }

  /** What the database keeps everything in. */
  MVStore store() {
    return session.getDatabase().getStore().getMvStore();
  }

  int indexes() {
    return session.getDatabase().getMainSchema().getAllIndexes().size();
  }

  int constraints() {
    return session.getDatabase().getMainSchema().getAllConstraints().size();
  }

  /** How many rights were granted to those who do not own the database. */
  int rights() {
    return session.getDatabase().getAllRights().size();
  }
}
