package io.github.ocigc.ledger;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The table stray: what lies in the blob folders and is no blob by its name. Nearly always empty.
 */
final class StrayTable {
  private final Handle handle;

  StrayTable(Handle handle) {
    this.handle = handle;
  }

  /** In the order of their texts. */
  List<String> paths() {
    return handle.sql("SELECT path FROM stray ORDER BY path").map(rs -> rs.getString(1)).list();
  }

  /** The folders have been listed, and these are all. */
  void replace(Collection<String> paths) {
    Set<String> gone = new HashSet<>(paths());
    List<String> come = paths.stream().filter(path -> !gone.remove(path)).toList();
    if (!gone.isEmpty()) {
      handle
          .sql("DELETE FROM stray WHERE path = ANY (:paths)")
          .bind("paths", gone.toArray(String[]::new))
          .execute();
    }
    if (!come.isEmpty()) {
      handle
          .sql("INSERT INTO stray (path) SELECT * FROM UNNEST(:paths)")
          .bind("paths", come.toArray(String[]::new))
          .execute();
    }
  }
}
