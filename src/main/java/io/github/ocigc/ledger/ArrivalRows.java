package io.github.ocigc.ledger;

import io.github.ocigc.oci.Digest;
import io.github.ocigc.oci.Document;
import io.github.ocigc.oci.Form;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writing what the disk says of contents: the tables content (all but {@code ref_count}), referrer
 * and absent.
 */
final class ArrivalRows {
  private final Handle handle;

  ArrivalRows(Handle handle) {
    this.handle = handle;
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
    Map<Digest, Content> before = before(digests);
    Map<Digest, Long> ids = new HashMap<>();
    before.forEach((digest, content) -> ids.put(digest, content.id()));
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
    touch(arrivals, before);
    putSubjects(arrivals, ids);
    putAbsent(arrivals, ids);
    return ids;
  }

  private Map<Digest, Content> before(Collection<Digest> digests) {
    Map<Digest, Content> before = new HashMap<>();
    new ContentTable(handle)
        .findDigests(digests)
        .forEach(content -> before.put(content.digest(), content));
    return before;
  }

  /** What the sums are to know of these; {@code before} has those that had a row. */
  private void touch(Collection<Arrival> arrivals, Map<Digest, Content> before) {
    for (Arrival arrival : arrivals) {
      Content known = before.get(arrival.digest());
      int refCount = known == null ? 0 : known.refCount();
      handle
          .touched()
          .totals(Totals.of(state(arrival), refCount, arrival.size(), arrival.digest().prefix()));
      if (known != null) {
        handle.touched().totals(Totals.ZERO.minus(Totals.of(known)));
        handle.touched().holders(List.of(known.id()));
      }
    }
  }

  /** One statement for all: quicker than a batch, while the database's code is cold. */
  private Map<Digest, Long> insert(List<Arrival> fresh) {
    Map<Digest, Long> ids = new HashMap<>();
    bind(
            handle.sql(
                """
                SELECT id, digest
                FROM FINAL TABLE (
                  INSERT INTO content (
                    digest, size_bytes, allocated_bytes, state, form, ref_count, created)
                  SELECT digest, size_bytes, allocated_bytes, state, form, 0, created
                  FROM UNNEST(
                    CAST(:digests AS VARCHAR ARRAY), CAST(:sizes AS BIGINT ARRAY),
                    CAST(:allocated AS BIGINT ARRAY), CAST(:states AS VARCHAR ARRAY),
                    CAST(:forms AS VARCHAR ARRAY), CAST(:created AS VARCHAR ARRAY))
                    AS fresh (digest, size_bytes, allocated_bytes, state, form, created))
                """),
            fresh)
        .map(rs -> Map.entry(Content.digest(rs.getString(2)), rs.getLong(1)))
        .forEach(row -> ids.put(row.getKey(), row.getValue()));
    return ids;
  }

  private static @Nullable String created(Arrival arrival) {
    return shortened(arrival.document().map(Document::created).orElse(""));
  }

  private void update(List<Arrival> arrivals) {
    if (arrivals.isEmpty()) {
      return;
    }
    bind(
            handle.sql(
                """
                MERGE INTO content
                USING UNNEST(
                  CAST(:digests AS VARCHAR ARRAY), CAST(:sizes AS BIGINT ARRAY),
                  CAST(:allocated AS BIGINT ARRAY), CAST(:states AS VARCHAR ARRAY),
                  CAST(:forms AS VARCHAR ARRAY), CAST(:created AS VARCHAR ARRAY))
                  AS now (digest, size_bytes, allocated_bytes, state, form, created)
                ON content.digest = now.digest
                WHEN MATCHED THEN UPDATE SET size_bytes = now.size_bytes,
                  allocated_bytes = now.allocated_bytes, state = now.state,
                  form = now.form, created = now.created
                """),
            arrivals)
        .execute();
  }

  private static Sql bind(Sql statement, List<Arrival> arrivals) {
    return statement
        .bind("digests", Rows.column(arrivals, a -> a.digest().toString(), String[]::new))
        .bind("sizes", Rows.column(arrivals, a -> a.size().bytes(), Long[]::new))
        .bind("allocated", Rows.column(arrivals, a -> a.size().allocatedBytes(), Long[]::new))
        .bind("states", Rows.column(arrivals, a -> state(a).label(), String[]::new))
        .bind("forms", Rows.column(arrivals, a -> a.form().label(), String[]::new))
        .bind("created", Rows.column(arrivals, ArrivalRows::created, String[]::new));
  }

  private static Content.State state(Arrival arrival) {
    return arrival.form() == Form.ABSENT ? Content.State.ABSENT : Content.State.PRESENT;
  }

  static @Nullable String shortened(String created) {
    return created.isEmpty() ? null : created.substring(0, Math.min(created.length(), 64));
  }

  private void putSubjects(Collection<Arrival> arrivals, Map<Digest, Long> ids) {
    for (Arrival arrival : arrivals) {
      Optional<Digest> subject = arrival.document().flatMap(Document::subject);
      if (subject.isPresent()) {
        handle
            .sql("INSERT INTO referrer (content_id, subject) VALUES (:id, :subject)")
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
    handle.sql(sql).bind("ids", Rows.ids(ids)).execute();
  }
}
