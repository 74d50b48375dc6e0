package io.github.ocigc.ledger;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Reading the tables lease and lease_content. Writing them changes counts: see {@link Counts}. */
final class LeaseTable {
  private final Handle handle;

  LeaseTable(Handle handle) {
    this.handle = handle;
  }

  Set<String> ids() {
    if (handle.tables().isEmpty("lease")) {
      return Set.of(); // most of the time
    }
    return new HashSet<>(handle.sql("SELECT id FROM lease").map(rs -> rs.getString(1)).list());
  }

  /** What these leases name, once for each that names it. */
  List<Content> named(Collection<String> leases) {
    return handle
        .sql(
            """
            SELECT content.id, content.digest, content.size_bytes, content.allocated_bytes, content.state, content.form,
              content.ref_count
            FROM lease_content
            JOIN content ON content.id = lease_content.content_id
            WHERE lease_content.lease_id = ANY (:leases)
            """)
        .bind("leases", leases.toArray(String[]::new))
        .map(rs -> Content.read(rs, 1))
        .list();
  }

  /** The owners of the leases that name any of these. */
  List<String> owners(Collection<Long> contents) {
    if (ids().isEmpty()) {
      return List.of(); // there may be a hundred thousand to look up
    }
    Set<String> owners = new TreeSet<>();
    Rows.query(
            handle,
            """
            SELECT DISTINCT lease.owner
            FROM lease_content
            JOIN lease ON lease.id = lease_content.lease_id
            WHERE lease_content.content_id = ANY (:ids)
            """,
            Rows.ids(contents))
        .map(rs -> rs.getString(1))
        .forEach(owners::add);
    return List.copyOf(owners);
  }
}
