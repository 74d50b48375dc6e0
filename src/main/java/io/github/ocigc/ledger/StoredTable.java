package io.github.ocigc.ledger;

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

  String map(Index index) {
    return java.util.Objects.requireNonNull(maps.get(index));
  }
}
