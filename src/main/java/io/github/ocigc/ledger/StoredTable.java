package io.github.ocigc.ledger;

import static java.util.Objects.requireNonNull;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.h2.index.Index;
import org.h2.mvstore.db.MVIndex;
import org.h2.mvstore.db.MVPrimaryIndex;
import org.h2.mvstore.db.MVTable;
import org.h2.table.Column;

/**
 * A table as an open database knew it, which still knows its columns and indexes when the database
 * is closed.
 *
 * @param maps what the storage engine calls the maps of its indexes, of which its rows are one
 */
record StoredTable(MVTable table, Map<Index, String> maps) {
  StoredTable {
    maps = Map.copyOf(maps);
  }

  static StoredTable of(MVTable table) {
    Map<Index, String> maps = new HashMap<>();
    for (Index index : table.getIndexes()) {
      maps.put(index, ((MVIndex<?, ?>) index).getMVMap().getName());
    }
    return new StoredTable(table, maps);
  }

  /**
   * Every index has a key for each row.
   *
   * @throws IllegalStateException if there are not so many rows, or in one map not so many entries
   */
  void requireRows(long rows) {
    for (Index index : maps.keySet()) {
      long entries = ((MVIndex<?, ?>) index).getMVMap().sizeAsLong();
      if (entries != rows) {
        throw new IllegalStateException(
            index.getName() + " has " + entries + " entries in the file, not " + rows);
      }
    }
  }

  /** Its rows are an index, too: that of their keys. */
  MVPrimaryIndex rows() {
    return (MVPrimaryIndex) table.getIndexes().get(0);
  }

  /** Of these names, in lower case, which the database keeps of Flyway's alone. */
  Stream<Column> columns(List<String> names) {
    return names.stream()
        .map(
            name ->
                table.doesColumnExist(name)
                    ? table.getColumn(name)
                    : table.getColumn(name.toUpperCase(Locale.ROOT)));
  }

  String map(Index index) {
    return requireNonNull(maps.get(index));
  }
}
