package io.github.ocigc.ledger;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.h2.mvstore.db.MVSecondaryIndex;
import org.h2.result.SearchRow;
import org.h2.table.Column;
import org.h2.table.IndexColumn;
import org.h2.value.Value;
import org.h2.value.ValueNull;
import org.jspecify.annotations.Nullable;

/**
 * The keys of one index of a {@link BulkTable}: each row's values of the index's columns, and the
 * row's own key. To be filled by the thread that fills the table, or by another after it.
 */
final class BulkIndex {
  private final MVSecondaryIndex index;
  private final BulkMap<SearchRow, Value> map;
  private final Column[] columns;
  private final List<SearchRow> unsorted = new ArrayList<>();
  private @Nullable SearchRow last;
  private long keys;

  BulkIndex(MVSecondaryIndex index, BulkMap<SearchRow, Value> map) {
    this.index = index;
    this.map = map;
    this.columns =
        Arrays.stream(index.getIndexColumns())
            .map((IndexColumn column) -> column.column)
            .toArray(Column[]::new);
  }

  boolean isOf(List<String> names) {
    return Arrays.stream(columns)
        .map(column -> column.getName().toLowerCase(Locale.ROOT))
        .toList()
        .equals(names);
  }

  /**
   * Adds a key that is greater than all before.
   *
   * @param values of the index's columns
   * @throws IllegalStateException if it is not
   */
  void add(long row, @Nullable Object... values) {
    append(key(row, values));
  }

  /** Adds a key in its place when the table is finished. It is kept in memory until then. */
  void addLater(long row, @Nullable Object... values) {
    unsorted.add(key(row, values));
  }

  private SearchRow key(long row, @Nullable Object... values) {
    SearchRow key = index.getRowFactory().createRow();
    for (int i = 0; i < columns.length; i++) {
      key.setValue(columns[i].getColumnId(), BulkTable.value(columns[i], values[i]));
    }
    key.setKey(row);
    return key;
  }

  private void append(SearchRow key) {
    if (last != null && !rises(last, key)) {
      throw new IllegalStateException(
          index.getName() + " has " + last + " before " + key + ", and keys must rise");
    }
    map.add(key, ValueNull.INSTANCE);
    last = key;
    keys++;
  }

  private boolean rises(SearchRow before, SearchRow key) {
    int order = index.compareRows(before, key);
    boolean sameValuesMay = !index.getIndexType().isUnique();
    return order < 0 || (order == 0 && sameValuesMay && before.getKey() < key.getKey());
  }

  void finish(long rows) {
    unsorted.sort(map.getKeyType());
    unsorted.forEach(this::append);
    unsorted.clear();
    map.finish();
    if (keys != rows) {
      throw new IllegalStateException(
          index.getName() + " has " + keys + " keys, and its table " + rows + " rows");
    }
  }
}
