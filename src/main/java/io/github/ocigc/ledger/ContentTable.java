package io.github.ocigc.ledger;

import io.github.ocigc.oci.Digest;
import io.github.ocigc.oci.Size;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The tables content, referrer, condemned and unheld; all but the column {@code ref_count}. */
final class ContentTable {
  private final Handle handle;

  ContentTable(Handle handle) {
    this.handle = handle;
  }

  Optional<Content> find(Digest digest) {
    return handle
        .sql(
            """
            SELECT id, digest, size_bytes, allocated_bytes, state, form, ref_count
            FROM content
            WHERE digest = :digest
            """)
        .bind("digest", digest.toString())
        .map(rs -> Content.read(rs, 1))
        .findOne();
  }

  List<Content> find(Collection<Long> ids) {
    return Rows.query(
            handle,
            """
            SELECT id, digest, size_bytes, allocated_bytes, state, form, ref_count
            FROM content
            WHERE id = ANY (:ids)
            """,
            Rows.ids(ids))
        .map(rs -> Content.read(rs, 1))
        .list();
  }

  List<Content> findDigests(Collection<Digest> digests) {
    return handle
        .sql(
            """
            SELECT id, digest, size_bytes, allocated_bytes, state, form, ref_count
            FROM content
            WHERE digest = ANY (:digests)
            """)
        .bind("digests", Rows.digests(digests))
        .map(rs -> Content.read(rs, 1))
        .list();
  }

  /** Digests that begin so; for what people type. */
  List<Content> findPrefix(String prefix, int limit) {
    return handle
        .sql(
            """
            SELECT id, digest, size_bytes, allocated_bytes, state, form, ref_count
            FROM content
            WHERE digest >= :from AND digest < :to
            ORDER BY digest
            LIMIT :limit
            """)
        .bind("from", prefix)
        .bind("to", prefix + "g")
        .bind("limit", limit)
        .map(rs -> Content.read(rs, 1))
        .list();
  }

  Set<Digest> digests() {
    Set<Digest> digests = new HashSet<>();
    handle.rowByRow(
        () ->
            handle
                .sql("SELECT digest FROM content")
                .map(rs -> Content.digest(rs.getString(1)))
                .forEach(digests::add));
    return digests;
  }

  List<Content> absent() {
    return handle
        .sql(
            """
            SELECT content.id, content.digest, content.size_bytes, content.allocated_bytes, content.state, content.form,
              content.ref_count
            FROM absent
            JOIN content ON content.id = absent.content_id
            """)
        .map(rs -> Content.read(rs, 1))
        .list();
  }

  /** A content that names a subject. */
  record Referrer(Digest subject, Content content) {}

  /** Contents whose own JSON names one of these as its subject, held or not. */
  List<Referrer> referrersOf(Collection<Digest> subjects) {
    return handle
        .sql(
            """
            SELECT referrer.subject, content.id, content.digest, content.size_bytes,
              content.allocated_bytes, content.state, content.form, content.ref_count
            FROM referrer
            JOIN content ON content.id = referrer.content_id
            WHERE referrer.subject = ANY (:subjects)
            """)
        .bind("subjects", Rows.digests(subjects))
        .map(rs -> new Referrer(Content.digest(rs.getString(1)), Content.read(rs, 2)))
        .list();
  }

  /** These are held again: nothing remains of their having been unheld or condemned. */
  void nowHeld(Collection<Long> ids) {
    for (String sql :
        List.of(
            "DELETE FROM unheld WHERE content_id = ANY (:ids)",
            "DELETE FROM condemned WHERE content_id = ANY (:ids)")) {
      handle.sql(sql).bind("ids", Rows.ids(ids)).execute();
    }
  }

  /** These have lost their last holder to another tool; their files stay. */
  void nowUnheld(Collection<Long> ids) {
    handle
        .sql(
            """
            INSERT INTO unheld (content_id, since)
            SELECT id, CURRENT_TIMESTAMP FROM content WHERE id = ANY (:ids)
            """)
        .bind("ids", Rows.ids(ids))
        .execute();
  }

  /** These are to be unlinked. The caller makes the transaction durable before any file goes. */
  void nowCondemned(Collection<Long> ids) {
    List<Totals> changed =
        handle
            .sql(
                """
                SELECT ref_count, size_bytes, allocated_bytes
                FROM OLD TABLE (
                  UPDATE content
                  SET state = 'condemned'
                  WHERE id = ANY (:ids) AND state = 'present')
                """)
            .bind("ids", Rows.ids(ids))
            .map(
                rs -> {
                  int refCount = rs.getInt(1);
                  Size size = Content.size(rs, 2);
                  return Totals.of(Content.State.CONDEMNED, refCount, size)
                      .minus(Totals.of(Content.State.PRESENT, refCount, size));
                })
            .list();
    changed.forEach(handle.touched()::totals);
    if (changed.size() != ids.size()) {
      throw new IllegalStateException(
          "of " + ids.size() + " contents to condemn only " + changed.size() + " are present");
    }
    handle
        .sql(
            """
            INSERT INTO condemned (content_id, at)
            SELECT id, CURRENT_TIMESTAMP FROM content WHERE id = ANY (:ids)
            """)
        .bind("ids", Rows.ids(ids))
        .execute();
  }

  /** And since when, in that order. */
  Map<Content, Instant> condemned() {
    if (handle.tables().isEmpty("condemned")) {
      return Map.of(); // most of the time
    }
    Map<Content, Instant> condemned = new LinkedHashMap<>();
    handle
        .sql(
            """
            SELECT condemned.at, content.id, content.digest, content.size_bytes,
              content.allocated_bytes, content.state, content.form, content.ref_count
            FROM condemned
            JOIN content ON content.id = condemned.content_id
            ORDER BY condemned.at, content.id
            """)
        .map(rs -> Map.entry(Content.read(rs, 2), Rows.instant(rs, 1)))
        .forEach(entry -> condemned.put(entry.getKey(), entry.getValue()));
    return condemned;
  }

  /** Those of the last commit. */
  Set<Long> condemnedIds() {
    Set<Long> ids = new HashSet<>();
    handle.tables().scan("condemned", "content_id").forEach(row -> ids.add(row.number(1)));
    return ids;
  }

  /** Drops rows that nothing names and that hold nothing; returns how many. */
  int forget(Collection<Long> ids) {
    List<Totals> gone =
        handle
            .sql(
                """
            SELECT state, size_bytes, allocated_bytes, digest
            FROM OLD TABLE (
              DELETE FROM content
              WHERE id = ANY (:ids) AND ref_count = 0
                AND NOT EXISTS (SELECT 1 FROM edge WHERE edge.holder_id = content.id))
            """)
            .bind("ids", Rows.ids(ids))
            .map(
                rs ->
                    gone(
                        Content.state(rs.getString(1)),
                        0,
                        Content.size(rs, 2),
                        Content.digest(rs.getString(4))))
            .list();
    gone.forEach(handle.touched()::totals);
    return gone.size();
  }

  /** What the totals lose by a content that has no file any more. */
  private static Totals gone(Content.State before, int refCount, Size size, Digest digest) {
    return Totals.ZERO.minus(Totals.of(before, refCount, size, digest.prefix()));
  }

  /** The files are gone; what an edge still names becomes absent, the rest is forgotten. */
  void swept(Collection<Long> ids) {
    if (forget(ids) == ids.size()) {
      return; // most of the time; what other tables say of a content goes with it
    }
    handle
        .sql("DELETE FROM condemned WHERE content_id = ANY (:ids)")
        .bind("ids", Rows.ids(ids))
        .execute();
    handle
        .sql(
            """
            SELECT id, state, ref_count, size_bytes, allocated_bytes, digest
            FROM OLD TABLE (
              UPDATE content
              SET state = 'absent', form = 'absent', size_bytes = 0, allocated_bytes = 0,
                created = NULL
              WHERE id = ANY (:ids))
            """)
        .bind("ids", Rows.ids(ids))
        .map(
            rs -> {
              handle.touched().holders(List.of(rs.getLong(1)));
              return gone(
                  Content.state(rs.getString(2)),
                  rs.getInt(3),
                  Content.size(rs, 4),
                  Content.digest(rs.getString(6)));
            })
        .forEach(handle.touched()::totals);
    handle
        .sql(
            """
            INSERT INTO absent (content_id)
            SELECT id FROM content WHERE id = ANY (:ids)
            """)
        .bind("ids", Rows.ids(ids))
        .execute();
    handle
        .sql("DELETE FROM referrer WHERE content_id = ANY (:ids)")
        .bind("ids", Rows.ids(ids))
        .execute();
  }
}
