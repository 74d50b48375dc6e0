package io.github.ocigc.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.h2.engine.SessionLocal;
import org.h2.index.Index;
import org.h2.jdbc.JdbcConnection;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.db.MVIndex;
import org.h2.mvstore.db.MVSecondaryIndex;
import org.h2.mvstore.db.MVTable;
import org.h2.result.SearchRow;
import org.h2.table.Column;
import org.h2.table.Table;
import org.jspecify.annotations.Nullable;

/**
 * What an open database has. A query of its information schema or of so many tables takes
 * milliseconds of each command, so this asks the database's own list, as {@link Space} does.
 */
final class Catalogue implements Tables {
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

  @Override
  public boolean hasTables(List<String> names) {
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

  @Override
  public TableScan scan(String name, String... columns) {
    StoredTable stored = table(known(name));
    return new TableScan(
        name,
        stored.columns(List.of(columns)).mapToInt(Column::getColumnId).toArray(),
        stored.rows().getMVMap());
  }

  @Override
  public boolean isEmpty(String name) {
    return table(known(name)).rows().getMVMap().isEmpty();
  }

  /** True if it is certain that no row has a value in the first column of an index of this name. */
  boolean holdsOnlyNulls(String name) {
    Index index = session.getDatabase().getMainSchema().findIndex(session, name);
    return index instanceof MVSecondaryIndex keys
        && isNull(keys, keys.getMVMap().firstKey())
        && isNull(keys, keys.getMVMap().lastKey()); // nulls stand together, before or after values
  }

  private static boolean isNull(MVSecondaryIndex index, @Nullable SearchRow key) {
    return key == null || key.isNull(index.getIndexColumns()[0].column.getColumnId());
  }

  /** Flyway's table alone keeps its lower case. */
  private String known(String name) {
    return hasTables(List.of(name)) ? name : name.toUpperCase(Locale.ROOT);
  }

  /** What the tables and indexes are kept in. */
  List<MVMap<?, ?>> maps() {
    List<MVMap<?, ?>> maps = new ArrayList<>();
    for (Table table : session.getDatabase().getMainSchema().getAllTablesAndViews(session)) {
      if (table instanceof MVTable stored) {
        stored.getIndexes().forEach(index -> maps.add(((MVIndex<?, ?>) index).getMVMap()));
      }
    }
    return maps;
  }

  /** How many entries a table has, those of unfinished transactions among them. */
  long entries(String name) {
    return table(known(name)).rows().getMVMap().sizeAsLong();
  }

  /** What the database keeps everything in. */
  MVStore store() {
    return session.getDatabase().getStore().getMvStore();
  }

  @Override
  public int indexes() {
    return session.getDatabase().getMainSchema().getAllIndexes().size();
  }

  @Override
  public int constraints() {
    return session.getDatabase().getMainSchema().getAllConstraints().size();
  }

  @Override
  public int rights() {
    return session.getDatabase().getAllRights().size();
  }
}
