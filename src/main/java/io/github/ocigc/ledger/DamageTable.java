package io.github.ocigc.ledger;

import java.util.Collection;
import java.util.List;

/** The table damage: held as a document, here, and not readable as one. Nearly always empty. */
final class DamageTable {
  private final Handle handle;

  DamageTable(Handle handle) {
    this.handle = handle;
  }

  List<Content> all() {
    if (isEmpty()) {
      return List.of();
    }
    return handle
        .sql(
            """
            SELECT content.id, content.digest, content.size_bytes, content.allocated_bytes, content.state, content.form,
              content.ref_count
            FROM damage
            JOIN content ON content.id = damage.content_id
            """)
        .map(rs -> Content.read(rs, 1))
        .list();
  }

  private boolean isEmpty() {
    return handle.tables().isEmpty("damage");
  }

  /** Looks again at these contents and at everything that is listed already. */
  void review(Collection<Long> contents) {
    handle
        .sql(
            """
            INSERT INTO damage (content_id)
            SELECT content.id
            FROM content
            WHERE content.id = ANY (:ids)
              AND content.state = 'present'
              AND content.form <> 'document'
              AND NOT EXISTS (SELECT 1 FROM damage WHERE damage.content_id = content.id)
              AND (EXISTS (SELECT 1 FROM tag WHERE tag.content_id = content.id)
                OR EXISTS (SELECT 1 FROM edge
                  WHERE edge.held_id = content.id AND edge.role IN ('child', 'referrer')))
            """)
        .bind("ids", Rows.ids(contents))
        .execute();
    if (!isEmpty()) {
      dropHealed();
    }
  }

  private void dropHealed() {
    List<Long> healed =
        handle
            .sql(
                """
                SELECT damage.content_id
                FROM damage
                JOIN content ON content.id = damage.content_id
                WHERE content.state <> 'present'
                  OR content.form = 'document'
                  OR (NOT EXISTS (SELECT 1 FROM tag WHERE tag.content_id = content.id)
                    AND NOT EXISTS (SELECT 1 FROM edge
                      WHERE edge.held_id = content.id AND edge.role IN ('child', 'referrer')))
                """)
            .map(rs -> rs.getLong(1))
            .list();
    handle
        .sql("DELETE FROM damage WHERE content_id = ANY (:ids)")
        .bind("ids", Rows.ids(healed))
        .execute();
  }
}
