package io.github.ocigc.ledger;

import static java.util.Objects.requireNonNull;

import java.util.HashMap;
import java.util.Map;
import org.h2.index.Index;
import org.h2.mvstore.db.MVIndex;
import org.h2.mvstore.db.MVTable;

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

  String map(Index index) {
    return requireNonNull(maps.get(index));
  }
}
