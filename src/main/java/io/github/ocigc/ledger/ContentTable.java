package io.github.ocigc.ledger;

import io.github.ocigc.oci.Digest;
import io.github.ocigc.oci.Document;
import io.github.ocigc.oci.Form;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;

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

  /**
   * Writes what the disk says of each, a few statements for all; makes rows where there are none.
   * Each digest once. Returns the ids.
   */
  Map<Digest, Long> put(Collection<Arrival> arrivals) {
    if (arrivals.isEmpty()) {
      return Map.of();
    }
    List<Digest> digests = arrivals.stream().map(Arrival::digest).toList();
    Map<Digest, Long> ids = ids(digests);
    List<Arrival> fresh =
        arrivals.stream()
            .filter(arrival -> !ids.containsKey(arrival.digest()))
            .sorted(Comparator.comparing(Arrival::digest)) // in the order of the unique index
            .toList();
    List<Arrival> known = arrivals.stream().filter(a -> ids.containsKey(a.digest())).toList();
    update(known);
    if (!known.isEmpty()) {
      Collection<Long> old = List.copyOf(ids.values());
      forIds("DELETE FROM referrer WHERE content_id = ANY (:ids)", old);
      forIds("DELETE FROM absent WHERE content_id = ANY (:ids)", old);
    }
    if (!fresh.isEmpty()) {
      ids.putAll(insert(fresh));
    }
    putSubjects(arrivals, ids);
    putAbsent(arrivals, ids);
    return ids;
  }

  private Map<Digest, Long> ids(Collection<Digest> digests) {
    Map<Digest, Long> ids = new HashMap<>();
    findDigests(digests).forEach(content -> ids.put(content.digest(), content.id()));
    return ids;
  }

  /** One statement for all: quicker than a batch, while the database's code is cold. */
  private Map<Digest, Long> insert(List<Arrival> fresh) {
    Map<Digest, Long> ids = new HashMap<>();
    bind(
            handle.createQuery(
                """
                SELECT id, digest
                FROM FINAL TABLE (
                  INSERT INTO content (digest, size_bytes, state, form, ref_count, created)
                  SELECT digest, size_bytes, state, form, 0, created
                  FROM UNNEST(
                    CAST(:digests AS VARCHAR ARRAY), CAST(:sizes AS BIGINT ARRAY),
                    CAST(:states AS VARCHAR ARRAY), CAST(:forms AS VARCHAR ARRAY),
                    CAST(:created AS VARCHAR ARRAY))
                    AS fresh (digest, size_bytes, state, form, created))
                """),
            fresh)
        .map((rs, ctx) -> Map.entry(Content.digest(rs.getString(2)), rs.getLong(1)))
        .forEach(row -> ids.put(row.getKey(), row.getValue()));
    return ids;
  }

  private static String[] column(
      List<Arrival> arrivals, Function<Arrival, @org.jspecify.annotations.Nullable String> value) {
    return arrivals.stream().map(value).toArray(String[]::new);
  }

  private static @org.jspecify.annotations.Nullable String created(Arrival arrival) {
    return shortened(arrival.document().map(Document::created).orElse(""));
  }

  private void update(List<Arrival> arrivals) {
    if (arrivals.isEmpty()) {
      return;
    }
    bind(
            handle.createUpdate(
                """
                MERGE INTO content
                USING UNNEST(
                  CAST(:digests AS VARCHAR ARRAY), CAST(:sizes AS BIGINT ARRAY),
                  CAST(:states AS VARCHAR ARRAY), CAST(:forms AS VARCHAR ARRAY),
                  CAST(:created AS VARCHAR ARRAY))
                  AS now (digest, size_bytes, state, form, created)
                ON content.digest = now.digest
                WHEN MATCHED THEN UPDATE SET size_bytes = now.size_bytes, state = now.state,
                  form = now.form, created = now.created
                """),
            arrivals)
        .execute();
  }

  private static <T extends SqlStatement<T>> T bind(T statement, List<Arrival> arrivals) {
    return statement
        .bindByType("digests", column(arrivals, a -> a.digest().toString()), String[].class)
        .bindByType(
            "sizes", arrivals.stream().map(Arrival::sizeBytes).toArray(Long[]::new), Long[].class)
        .bindByType("states", column(arrivals, a -> state(a).label()), String[].class)
        .bindByType("forms", column(arrivals, a -> a.form().label()), String[].class)
        .bindByType("created", column(arrivals, ContentTable::created), String[].class);
  }

  private static Content.State state(Arrival arrival) {
    return arrival.form() == Form.ABSENT ? Content.State.ABSENT : Content.State.PRESENT;
  }

  static @org.jspecify.annotations.Nullable String shortened(String created) {
    return created.isEmpty() ? null : created.substring(0, Math.min(created.length(), 64));
  }

  private void putSubjects(Collection<Arrival> arrivals, Map<Digest, Long> ids) {
    for (Arrival arrival : arrivals) {
      Optional<Digest> subject = arrival.document().flatMap(Document::subject);
      if (subject.isPresent()) {
        handle
            .createUpdate("INSERT INTO referrer (content_id, subject) VALUES (:id, :subject)")
            .bind("id", ids.get(arrival.digest()))
            .bind("subject", subject.get().toString())
            .execute();
      }
    }
  }

  private void putAbsent(Collection<Arrival> arrivals, Map<Digest, Long> ids) {
    List<Long> absent =
        arrivals.stream()
            .filter(arrival -> state(arrival) == Content.State.ABSENT)
            .map(arrival -> Objects.requireNonNull(ids.get(arrival.digest())))
            .toList();
    if (!absent.isEmpty()) {
      forIds(
          "INSERT INTO absent (content_id) SELECT id FROM content WHERE id = ANY (:ids)", absent);
    }
  }

  private void forIds(String sql, Collection<Long> ids) {
    handle.createUpdate(sql).bindByType("ids", Rows.ids(ids), Long[].class).execute();
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
