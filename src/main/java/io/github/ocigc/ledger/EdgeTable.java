package io.github.ocigc.ledger;

import io.github.ocigc.oci.Role;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;

/** Reading the table edge. Writing it changes counts, so that is done by {@link Counts}. */
final class EdgeTable {
  private final Handle handle;

  EdgeTable(Handle handle) {
    this.handle = handle;
  }

  /** An edge with what it holds. */
  record Held(long holderId, Role role, Content content) {
    EdgeKey key() {
      return new EdgeKey(holderId, content.id(), role);
    }
  }

  /** All edges of these holders. */
  List<Held> heldBy(Collection<Long> holders) {
    return Rows.query(
            handle,
            """
            SELECT edge.holder_id, edge.role, content.id, content.digest, content.size_bytes,
              content.allocated_bytes, content.state, content.form, content.ref_count
            FROM edge
            JOIN content ON content.id = edge.held_id
            WHERE edge.holder_id = ANY (:ids)
            ORDER BY edge.holder_id, edge.position
            """,
            Rows.ids(holders))
        .map(rs -> new Held(rs.getLong(1), Role.of(rs.getString(2)), Content.read(rs, 3)))
        .list();
  }

  /** The edges by which these are held. */
  List<LedgerView.Link> holders(Collection<Long> held) {
    return Rows.query(
            handle,
            "SELECT held_id, role, holder_id FROM edge WHERE held_id = ANY (:ids)",
            Rows.ids(held))
        .map(EdgeTable::link)
        .list();
  }

  /** The edges by which this is held, or so many of them. */
  List<LedgerView.Link> holders(long held, int enough) {
    return handle
        .sql("SELECT held_id, role, holder_id FROM edge WHERE held_id = :id LIMIT :enough")
        .bind("id", held)
        .bind("enough", enough)
        .map(EdgeTable::link)
        .list();
  }

  private static LedgerView.Link link(ResultSet rs) throws SQLException {
    return new LedgerView.Link(rs.getLong(1), Role.of(rs.getString(2)), rs.getLong(3));
  }

  /** The edges by which subjects hold this referrer. */
  List<EdgeKey> subjectsOf(long referrer) {
    return handle
        .sql(
            """
            SELECT holder_id, held_id
            FROM edge
            WHERE held_id = :id AND role = 'referrer'
            """)
        .bind("id", referrer)
        .map(rs -> new EdgeKey(rs.getLong(1), rs.getLong(2), Role.REFERRER))
        .list();
  }

  /** The children of an index that are for a platform, as the index's own text says. */
  List<Platformed> childrenOf(long index) {
    return handle
        .sql(
            """
            SELECT edge.held_id, edge.platform
            FROM edge
            WHERE edge.holder_id = :id AND edge.role = 'child'
            ORDER BY edge.position
            """)
        .bind("id", index)
        .map(
            rs -> {
              String platform = rs.getString(2);
              return new Platformed(
                  new EdgeKey(index, rs.getLong(1), Role.CHILD), platform == null ? "" : platform);
            })
        .list();
  }

  /** A child edge and the platforms it is for, joined by commas. */
  record Platformed(EdgeKey key, String platforms) {}
}
