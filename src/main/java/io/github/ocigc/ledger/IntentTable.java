package io.github.ocigc.ledger;

import io.github.ocigc.oci.RootKey;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The table intent: roots that a delete of ours is about to drop from the disk. */
final class IntentTable {
  private final Handle handle;

  IntentTable(Handle handle) {
    this.handle = handle;
  }

  void add(List<RootKey> roots) {
    for (RootKey root : roots) {
      handle
          .sql("INSERT INTO intent (name, digest) VALUES (:name, :digest)")
          .bind("name", root.tagged() ? root.name() : null)
          .bind("digest", root.digest().toString())
          .execute();
    }
  }

  Set<RootKey> all() {
    return new HashSet<>(
        handle
            .sql("SELECT name, digest FROM intent")
            .map(
                rs -> {
                  String name = rs.getString(1);
                  return new RootKey(name == null ? "" : name, Content.digest(rs.getString(2)));
                })
            .list());
  }

  void clear() {
    if (!handle.tables().isEmpty("intent")) {
      handle.sql("DELETE FROM intent").execute();
    }
  }
}
