package io.github.ocigc.ledger;

import io.github.ocigc.oci.Digest;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** The tables content, referrer, condemned and unheld; all but the column {@code ref_count}. */
final class ContentTable {
  private final Handle handle;

  ContentTable(Handle handle) {
    this.handle = handle;
  }

  Optional<Content> find(Digest digest) {
    return handle
        .createQuery(
            """
            SELECT id, digest, size_bytes, state, form, ref_count
            FROM content
            WHERE digest = :digest
            """)
        .bind("digest", digest.toString())
        .map((rs, ctx) -> Content.read(rs, 1))
        .findOne();
  }

  List<Content> find(Collection<Long> ids) {
    return Rows.query(
            handle,
            """
            SELECT id, digest, size_bytes, state, form, ref_count
            FROM content
            WHERE id = ANY (:ids)
            """,
            Rows.ids(ids))
        .map((rs, ctx) -> Content.read(rs, 1))
        .list();
  }

  List<Content> findDigests(Collection<Digest> digests) {
    return handle
        .createQuery(
            """
            SELECT id, digest, size_bytes, state, form, ref_count
            FROM content
            WHERE digest = ANY (:digests)
            """)
        .bindByType("digests", Rows.digests(digests), String[].class)
        .map((rs, ctx) -> Content.read(rs, 1))
        .list();
  }

  /** Digests that begin so; for what people type. */
  List<Content> findPrefix(String prefix, int limit) {
    return handle
        .createQuery(
            """
            SELECT id, digest, size_bytes, state, form, ref_count
            FROM content
            WHERE digest >= :from AND digest < :to
            ORDER BY digest
            LIMIT :limit
            """)
        .bind("from", prefix)
        .bind("to", prefix + "g")
        .bind("limit", limit)
        .map((rs, ctx) -> Content.read(rs, 1))
        .list();
  }

  Set<Digest> digests() {
    Set<Digest> digests = new HashSet<>();
    handle
        .createQuery("SELECT digest FROM content")
        .map((rs, ctx) -> Content.digest(rs.getString(1)))
        .forEach(digests::add);
    return digests;
  }

  List<Content> absent() {
    return handle
        .createQuery(
            """
            SELECT content.id, content.digest, content.size_bytes, content.state, content.form,
              content.ref_count
            FROM absent
            JOIN content ON content.id = absent.content_id
            """)
        .map((rs, ctx) -> Content.read(rs, 1))
        .list();
  }

  /** A content that names a subject. */
  record Referrer(Digest subject, Content content) {}

  /** Contents whose own JSON names one of these as its subject, held or not. */
  List<Referrer> referrersOf(Collection<Digest> subjects) {
    return handle
        .createQuery(
            """
            SELECT referrer.subject, content.id, content.digest, content.size_bytes,
              content.state, content.form, content.ref_count
            FROM referrer
            JOIN content ON content.id = referrer.content_id
            WHERE referrer.subject = ANY (:subjects)
            """)
        .bindByType("subjects", Rows.digests(subjects), String[].class)
        .map((rs, ctx) -> new Referrer(Content.digest(rs.getString(1)), Content.read(rs, 2)))
        .list();
  }

  /** These are held again: nothing remains of their having been unheld or condemned. */
  void nowHeld(Collection<Long> ids) {
    for (String sql :
        List.of(
            "DELETE FROM unheld WHERE content_id = ANY (:ids)",
            "DELETE FROM condemned WHERE content_id = ANY (:ids)")) {
      handle.createUpdate(sql).bindByType("ids", Rows.ids(ids), Long[].class).execute();
    }
  }

  /** These have lost their last holder to another tool; their files stay. */
  void nowUnheld(Collection<Long> ids) {
    handle
        .createUpdate(
            """
            INSERT INTO unheld (content_id, since)
            SELECT id, CURRENT_TIMESTAMP FROM content WHERE id = ANY (:ids)
            """)
        .bindByType("ids", Rows.ids(ids), Long[].class)
        .execute();
  }

  /** These are to be unlinked. The caller makes the transaction durable before any file goes. */
  void nowCondemned(Collection<Long> ids) {
    int changed =
        handle
            .createUpdate(
                """
                UPDATE content
                SET state = 'condemned'
                WHERE id = ANY (:ids) AND state = 'present'
                """)
            .bindByType("ids", Rows.ids(ids), Long[].class)
            .execute();
    if (changed != ids.size()) {
      throw new IllegalStateException(
          "of " + ids.size() + " contents to condemn only " + changed + " are present");
    }
    handle
        .createUpdate(
            """
            INSERT INTO condemned (content_id, at)
            SELECT id, CURRENT_TIMESTAMP FROM content WHERE id = ANY (:ids)
            """)
        .bindByType("ids", Rows.ids(ids), Long[].class)
        .execute();
  }

  List<Content> condemned() {
    return handle
        .createQuery(
            """
            SELECT content.id, content.digest, content.size_bytes, content.state, content.form,
              content.ref_count
            FROM condemned
            JOIN content ON content.id = condemned.content_id
            ORDER BY condemned.at, content.id
            """)
        .map((rs, ctx) -> Content.read(rs, 1))
        .list();
  }

  /** Drops rows that nothing names and that hold nothing. */
  void forget(Collection<Long> ids) {
    handle
        .createUpdate(
            """
            DELETE FROM content
            WHERE id = ANY (:ids) AND ref_count = 0
              AND NOT EXISTS (SELECT 1 FROM edge WHERE edge.holder_id = content.id)
            """)
        .bindByType("ids", Rows.ids(ids), Long[].class)
        .execute();
  }

  /** The files are gone; what an edge still names becomes absent, the rest is forgotten. */
  void swept(Collection<Long> ids) {
    forget(ids);
    handle
        .createUpdate("DELETE FROM condemned WHERE content_id = ANY (:ids)")
        .bindByType("ids", Rows.ids(ids), Long[].class)
        .execute();
    handle
        .createUpdate(
            """
            UPDATE content
            SET state = 'absent', form = 'absent', size_bytes = 0, created = NULL
            WHERE id = ANY (:ids)
            """)
        .bindByType("ids", Rows.ids(ids), Long[].class)
        .execute();
    handle
        .createUpdate(
            """
            INSERT INTO absent (content_id)
            SELECT id FROM content WHERE id = ANY (:ids)
            """)
        .bindByType("ids", Rows.ids(ids), Long[].class)
        .execute();
    handle
        .createUpdate("DELETE FROM referrer WHERE content_id = ANY (:ids)")
        .bindByType("ids", Rows.ids(ids), Long[].class)
        .execute();
  }
}
