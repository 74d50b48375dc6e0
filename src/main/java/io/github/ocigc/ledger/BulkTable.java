package io.github.ocigc.ledger;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.h2.index.Index;
import org.h2.mvstore.db.MVSecondaryIndex;
import org.h2.mvstore.db.MVTable;
import org.h2.result.Row;
import org.h2.table.Column;
import org.h2.value.Value;
import org.h2.value.ValueNull;
import org.h2.value.ValueToObjectConverter;
import org.jspecify.annotations.Nullable;

/** The rows of one table of a {@link BulkLoad}. To be filled by one thread. */
final class BulkTable {
  private final MVTable table;
  private final BulkMap<Long, Value> map;
  private final List<BulkIndex> indexes = new ArrayList<>();
  private final Column[] columns;
  private final @Nullable Object[] row;
  private long rows;
  private long last;
  private boolean finished;

  BulkTable(StoredTable stored, BulkLoad load, List<String> names) {
    this.table = stored.table();
    this.map = load.map(stored.map(stored.rows()), stored.rows());
    this.columns = stored.columns(names).toArray(Column[]::new);
    if (columns.length != table.getColumns().length) {
      throw new IllegalArgumentException(table.getName() + " has other columns than " + names);
    }
    this.row = new @Nullable Object[columns.length];
    for (Index index : table.getIndexes()) {
      if (index instanceof MVSecondaryIndex secondary) {
        indexes.add(new BulkIndex(secondary, load.map(stored.map(index), secondary)));
      }
    }
  }

  /** The index over exactly these columns. */
  BulkIndex index(String... names) {
    return indexes.stream()
        .filter(index -> index.isOf(List.of(names)))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(table.getName() + Arrays.toString(names)));
  }

  /** {@code column} counts from 1, as the columns were named; what is not set is NULL. */
  void set(int column, @Nullable Object value) {
    row[column - 1] = value;
  }

  /**
   * Adds the row that was set.
   *
   * @return its key: what its primary key says, if that is a number, else its own number from 1
   */
  long add() {
    Value[] values = new Value[columns.length];
    for (int i = 0; i < columns.length; i++) {
      values[columns[i].getColumnId()] = value(columns[i], row[i]);
    }
    int main = table.getMainIndexColumn();
    long key = main < 0 ? rows + 1 : values[main].getLong();
    if (key <= last) {
      throw new IllegalStateException(table.getName() + " has row " + last + " before " + key);
    }
    Row full = table.getRowFactory().createRow(values, Row.MEMORY_CALCULATE);
    full.setKey(key);
    map.add(key, full);
    rows++;
    last = key;
    Arrays.fill(row, null);
    return key;
  }

  /** As the column keeps it; one that it cannot keep is refused by the database. */
  static Value value(Column column, @Nullable Object given) {
    if (given == null) {
      if (!column.isNullable()) {
        throw new IllegalArgumentException(column + " cannot be NULL");
      }
      return ValueNull.INSTANCE;
    }
    return ValueToObjectConverter.objectToValue(null, given, Value.UNKNOWN)
        .convertForAssignTo(column.getType(), null, column);
  }

  /**
   * All rows, and all keys of all indexes, have been added.
   *
   * @throws IllegalStateException if an index has not as many keys as there are rows
   */
  void finish() {
    map.finish();
    indexes.forEach(index -> index.finish(rows));
    finished = true;
  }

  void requireFinished() {
    if (!finished) {
      throw new IllegalStateException(table.getName() + " has not been finished");
    }
  }
}
