package io.github.ocigc.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.db.MVIndex;
import org.h2.mvstore.type.DataType;
import org.h2.value.Value;

/**
 * Fills empty tables of a closed database, and all their indexes, in the order of their keys. The
 * database keeps each table and each index as a sorted map of its storage engine; a map that only
 * grows at its end is written page by page, while by SQL every row costs a statement's share, an
 * entry in the undo log, and new copies of the pages above it: five times the time, and a file half
 * as large again.
 *
 * <p>As {@link Space}, this and its tables use classes of the database that are public and not
 * documented. What they refuse, they refuse as SQL would: a value that does not fit its column, a
 * NULL where none may be, a key that is there already. What constraints and generated columns ask
 * for is the caller's affair. A test reads what was loaded by SQL and loads it once more by SQL.
 *
 * <p>Different tables may be filled by different threads at once. A crash leaves a database that
 * nobody should open.
 */
final class BulkLoad implements AutoCloseable {
  /** Bytes that wait for being written: as much as a chunk of the database in use may have. */
  private static final int BUFFER_KILOBYTES = 4 << 10;

  private final MVStore store;
  private final Map<String, StoredTable> tables;
  private final List<BulkTable> filled = new ArrayList<>();

  /**
   * Opens the file.
   *
   * @param tables as the database knew them before it was closed
   * @throws MVStoreException if the file cannot be opened or, from everything else here, written
   */
  BulkLoad(String file, Map<String, StoredTable> tables) {
    this.tables = tables;
    this.store = new MVStore.Builder().fileName(file).autoCommitBufferSize(BUFFER_KILOBYTES).open();
  }

  /** A table to be filled by one thread; {@code columns} are all that it has, in any order. */
  synchronized BulkTable table(String name, String... columns) {
    StoredTable table = tables.get(name);
    if (table == null) {
      throw new IllegalArgumentException("the database was not asked for " + name);
    }
    BulkTable bulk = new BulkTable(table, this, List.of(columns));
    filled.add(bulk);
    return bulk;
  }

  /** A table's or an index's map, which one thread may add to at its end. */
  <K> BulkMap<K, Value> map(String name, MVIndex<K, ?> index) {
    MVMap<K, ?> map = index.getMVMap();
    return store.openMap(name, new BulkMap.Builder<>(map.getKeyType(), valueType(map)));
  }

  /** The maps have versions of values; a value by itself is the version that is committed. */
  @SuppressWarnings("unchecked")
  private static DataType<Value> valueType(MVMap<?, ?> map) {
    return (DataType<Value>) map.getValueType();
  }

  /**
   * Writes what waits.
   *
   * @throws IllegalStateException if a table was not finished
   */
  void commit() {
    filled.forEach(BulkTable::requireFinished);
    store.commit();
  }

  @Override
  public void close() {
    if (store.isClosed()) {
      return; // it gave up
    }
    store.close();
  }
}
