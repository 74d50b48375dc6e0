package io.github.ocigc.ledger;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.h2.engine.DbObject;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.tx.VersionedValueType;
import org.h2.mvstore.type.LongDataType;
import org.h2.result.RowFactory;
import org.h2.result.SearchRow;
import org.h2.value.VersionedValue;

/**
 * The tables in a database's file, read by the storage engine without the database: it takes a
 * third of the time to open, since no schema is read, parsed and checked. The file is not written,
 * and nobody else writes it meanwhile. What the catalogue says of a table tells where its columns
 * are.
 */
final class TableFile implements Tables, AutoCloseable {
  /** Of the catalogue's own columns: id, head, type, sql. */
  private static final int CATALOGUE_COLUMNS = 4;

  private static final int ID = 0;
  private static final int TYPE = 2;
  private static final int SQL = 3;

  /** What stands before the name that a statement of the catalogue gives to a table. */
  private static final String NAME = "\"PUBLIC\".\"";

  /** What stands before each of its columns; a test holds this against the database. */
  private static final String COLUMN = "\n    \"";

  private static final int CACHE_MEGABYTES = 4;

  private final MVStore store;

  /** By their names in lower case. */
  private final Map<String, Definition> tables = new HashMap<>();

  private final Map<Long, Integer> parts = new HashMap<>();

  private TableFile(MVStore store) {
    this.store = store;
  }

  /** A table's map and the statement that makes the table; a view has no map. */
  private record Definition(String map, String sql) {
    /** In lower case, and in the order in which they stand in a row. */
    List<String> columns() {
      List<String> names = new ArrayList<>();
      for (int at = sql.indexOf(COLUMN); at >= 0; at = sql.indexOf(COLUMN, at + 1)) {
        int begin = at + COLUMN.length();
        names.add(sql.substring(begin, sql.indexOf('"', begin)).toLowerCase(Locale.ROOT));
      }
      return names;
    }
  }

  /**
   * Opens the file.
   *
   * @throws MVStoreException if it is open elsewhere, or is no file of this database's
   */
  static TableFile open(Path file) {
    SealedFile.register();
    return opened(named(SealedFile.SCHEME + ":" + file).readOnly());
  }

  /** A file in memory, without a table in it. */
  static TableFile empty() {
    return opened(named(LedgerFile.IN_MEMORY + System.nanoTime()));
  }

  private static TableFile opened(MVStore.Builder builder) {
    TableFile file = new TableFile(builder.open());
    try {
      file.readCatalogue();
      return file;
    } catch (RuntimeException e) {
      file.close();
      throw e;
    }
  }

  private static MVStore.Builder named(String name) {
    return new MVStore.Builder().fileName(name).cacheSize(CACHE_MEGABYTES).autoCommitDisabled();
  }

  private void readCatalogue() {
    int[] columns = {ID, TYPE, SQL};
    new TableScan("the catalogue", columns, map("table.0", CATALOGUE_COLUMNS))
        .forEach(row -> add(row.number(1), row.number(2), row.text(3)));
  }

  private void add(long id, long type, String sql) {
    parts.merge(type, 1, Integer::sum);
    if (type == DbObject.TABLE_OR_VIEW) {
      int begin = sql.indexOf(NAME) + NAME.length();
      String name = sql.substring(begin, sql.indexOf('"', begin));
      tables.put(name.toLowerCase(Locale.ROOT), new Definition("table." + id, sql));
    }
  }

  /**
   * True if every change in the file is of a transaction that was committed or rolled back. Else
   * the database would roll back what is left over.
   */
  boolean settled() {
    for (String name : store.getMapNames()) {
      if (name.startsWith("undoLog") && store.hasData(name)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public boolean isEmpty(String table) {
    return !store.hasData(definition(table).map());
  }

  @Override
  public TableScan scan(String table, String... columns) {
    Definition definition = definition(table);
    List<String> names = definition.columns();
    int[] at = new int[columns.length];
    for (int i = 0; i < at.length; i++) {
      at[i] = names.indexOf(columns[i]);
      if (at[i] < 0) {
        throw new IllegalArgumentException(table + " has no column " + columns[i]);
      }
    }
    return new TableScan(table, at, map(definition.map(), names.size()));
  }

  private Definition definition(String table) {
    return requireNonNull(tables.get(table), table);
  }

  @Override
  public boolean hasTables(List<String> names) {
    for (String name : names) {
      if (!tables.containsKey(name.toLowerCase(Locale.ROOT))) {
        return false;
      }
    }
    return true;
  }

  @Override
  public int indexes() {
    return parts(DbObject.INDEX);
  }

  @Override
  public int constraints() {
    return parts(DbObject.CONSTRAINT);
  }

  @Override
  public int rights() {
    return parts(DbObject.RIGHT);
  }

  private int parts(long type) {
    return parts.getOrDefault(type, 0);
  }

  private MVMap<Long, VersionedValue<SearchRow>> map(String name, int columns) {
    RowFactory rows =
        RowFactory.getDefaultRowFactory()
            .createRowFactory(null, null, null, (int[]) null, null, null, columns, false);
    return store.openMap(
        name,
        new MVMap.Builder<Long, VersionedValue<SearchRow>>()
            .keyType(LongDataType.INSTANCE)
            .valueType(new VersionedValueType<SearchRow, Object>(rows.getRowDataType())));
  }

  @Override
  public void close() {
    store.closeImmediately();
  }
}
