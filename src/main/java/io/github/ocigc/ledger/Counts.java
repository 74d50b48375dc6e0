package io.github.ocigc.ledger;

import io.github.ocigc.oci.Digest;
import io.github.ocigc.oci.Lease;
import io.github.ocigc.oci.Link;
import io.github.ocigc.oci.Role;
import io.github.ocigc.oci.Size;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The only writer of {@code ref_count}, and so of the rows that are its reasons. A count changes by
 * the rows that really came or went: repeating a pull counts nothing twice.
 */
final class Counts {
  private final Handle handle;
  private final MediaTypes mediaTypes;

  Counts(Handle handle, MediaTypes mediaTypes) {
    this.handle = handle;
    this.mediaTypes = mediaTypes;
  }

  /** An edge on its way into the table. */
  private record NewEdge(
      EdgeKey key, int position, @Nullable Integer mediaType, @Nullable String platform) {}

  /** Adds documents' edges; {@code ids} knows the row of each digest that they link to. */
  void addEdges(Map<Long, List<Link>> linksOfHolders, Map<Digest, Long> ids) {
    List<NewEdge> edges = new ArrayList<>();
    linksOfHolders.forEach(
        (holder, links) -> {
          for (Link link : links) {
            long held = row(link.digest(), ids);
            edges.add(
                new NewEdge(
                    new EdgeKey(holder, held, link.role()),
                    link.position(),
                    mediaTypes.id(link.mediaType()),
                    Rows.orNull(shortened(link.platform()))));
          }
        });
    addEdges(edges);
  }

  private static long row(Digest digest, Map<Digest, Long> ids) {
    Long id = ids.get(digest);
    if (id == null) {
      throw new IllegalStateException(digest + " has no row to point at");
    }
    return id;
  }

  /** Lets a subject hold its referrer. */
  void addReferrer(long subject, long referrer) {
    EdgeKey key = new EdgeKey(subject, referrer, Role.REFERRER);
    addEdges(List.of(new NewEdge(key, 0, null, null)));
  }

  /** Of these, each different, adds those that are not there, and counts them. */
  private void addEdges(List<NewEdge> edges) {
    if (edges.isEmpty()) {
      return;
    }
    changed(
        handle
            .sql(
                """
                SELECT held_id, COUNT(*)
                FROM FINAL TABLE (
                  INSERT INTO edge (holder_id, held_id, role, position, media_type_id, platform)
                  SELECT holder, held, role, position, media_type, platform
                  FROM UNNEST(
                    CAST(:holders AS BIGINT ARRAY), CAST(:helds AS BIGINT ARRAY),
                    CAST(:roles AS VARCHAR ARRAY), CAST(:positions AS INTEGER ARRAY),
                    CAST(:mediaTypes AS INTEGER ARRAY), CAST(:platforms AS VARCHAR ARRAY))
                    AS fresh (holder, held, role, position, media_type, platform)
                  WHERE NOT EXISTS (
                    SELECT 1 FROM edge
                    WHERE edge.holder_id = fresh.holder AND edge.held_id = fresh.held
                      AND edge.role = fresh.role))
                GROUP BY held_id
                """)
            .bind("holders", Rows.column(edges, e -> e.key().holderId(), Long[]::new))
            .bind("helds", Rows.column(edges, e -> e.key().heldId(), Long[]::new))
            .bind("roles", Rows.column(edges, e -> e.key().role().label(), String[]::new))
            .bind("positions", Rows.column(edges, NewEdge::position, Integer[]::new))
            .bind("mediaTypes", Rows.column(edges, NewEdge::mediaType, Integer[]::new))
            .bind("platforms", Rows.column(edges, NewEdge::platform, String[]::new)),
        1);
    handle.touched().holders(edges.stream().map(edge -> edge.key().holderId()).toList());
  }

  static String shortened(String platform) {
    return platform.substring(0, Math.min(platform.length(), 255));
  }

  /** A root on its way into the table; an empty subject means none. */
  record NewRoot(io.github.ocigc.oci.Root root, long contentId, String subject) {}

  /** Adds roots, each different, that are not there yet, as plain ones. */
  void addRoots(List<NewRoot> roots) {
    if (roots.isEmpty()) {
      return;
    }
    int more =
        changed(
            handle
                .sql(
                    """
                SELECT content_id, COUNT(*)
                FROM FINAL TABLE (
                  INSERT INTO tag (name, content_id, content_digest, media_type_id, stamp, subject, weak)
                  SELECT name, content, digest, media_type, stamp, subject, FALSE
                  FROM UNNEST(
                    CAST(:names AS VARCHAR ARRAY), CAST(:contents AS BIGINT ARRAY),
                    CAST(:digests AS VARCHAR ARRAY), CAST(:mediaTypes AS INTEGER ARRAY),
                    CAST(:stamps AS VARCHAR ARRAY), CAST(:subjects AS VARCHAR ARRAY))
                    AS fresh (name, content, digest, media_type, stamp, subject)
                  WHERE NOT EXISTS (
                    SELECT 1 FROM tag
                    WHERE tag.content_id = fresh.content AND tag.name IS NOT DISTINCT FROM fresh.name))
                GROUP BY content_id
                """)
                .bind("names", Rows.column(roots, r -> Rows.orNull(r.root().name()), String[]::new))
                .bind("contents", Rows.column(roots, NewRoot::contentId, Long[]::new))
                .bind(
                    "digests", Rows.column(roots, r -> r.root().digest().toString(), String[]::new))
                .bind(
                    "mediaTypes",
                    Rows.column(roots, r -> mediaTypes.id(r.root().mediaType()), Integer[]::new))
                .bind(
                    "stamps", Rows.column(roots, r -> Rows.orNull(r.root().stamp()), String[]::new))
                .bind("subjects", Rows.column(roots, r -> Rows.orNull(r.subject()), String[]::new)),
            1);
    handle.touched().totals(Totals.ofRoots(more));
  }

  void removeRoots(List<LedgerRoot> roots) {
    new TagTable(handle).touchSubjects(roots.stream().filter(LedgerRoot::weak).toList());
    int more =
        changed(
            Rows.query(
                handle,
                """
            SELECT content_id, COUNT(*)
            FROM OLD TABLE (DELETE FROM tag WHERE id = ANY (:ids))
            GROUP BY content_id
            """,
                Rows.ids(roots.stream().map(LedgerRoot::id).toList())),
            -1);
    handle.touched().totals(Totals.ofRoots(more));
  }

  /** Adds a lease that is not there yet; {@code ids} knows the row of each digest it names. */
  void addLease(Lease lease, Map<Digest, Long> ids) {
    handle
        .sql("INSERT INTO lease (id, owner) VALUES (:id, :owner)")
        .bind("id", lease.id())
        .bind("owner", lease.owner().substring(0, Math.min(lease.owner().length(), 4096)))
        .execute();
    Map<Long, Integer> came = new HashMap<>();
    for (Digest digest : lease.digests()) {
      came.put(row(digest, ids), 1);
    }
    handle
        .sql(
            """
            INSERT INTO lease_content (lease_id, content_id)
            SELECT :lease, content_id
            FROM UNNEST(CAST(:ids AS BIGINT ARRAY)) AS named (content_id)
            """)
        .bind("lease", lease.id())
        .bind("ids", Rows.ids(came.keySet()))
        .execute();
    add(came);
  }

  void removeLeases(Collection<String> leases) {
    changed(
        handle
            .sql(
                """
                SELECT content_id, COUNT(*)
                FROM OLD TABLE (DELETE FROM lease_content WHERE lease_id = ANY (:leases))
                GROUP BY content_id
                """)
            .bind("leases", leases.toArray(String[]::new)),
        -1);
    handle
        .sql("DELETE FROM lease WHERE id = ANY (:leases)")
        .bind("leases", leases.toArray(String[]::new))
        .execute();
  }

  void removeEdgesOf(Collection<Long> holders) {
    changed(
        Rows.query(
            handle,
            """
            SELECT held_id, COUNT(*)
            FROM OLD TABLE (DELETE FROM edge WHERE holder_id = ANY (:ids))
            GROUP BY held_id
            """,
            Rows.ids(holders)),
        -1);
    handle.touched().holders(holders);
  }

  void removeEdges(List<EdgeKey> edges) {
    for (EdgeKey edge : edges) {
      int went =
          handle
              .sql(
                  """
                  DELETE FROM edge
                  WHERE holder_id = :holder AND held_id = :held AND role = :role
                  """)
              .bind("holder", edge.holderId())
              .bind("held", edge.heldId())
              .bind("role", edge.role().label())
              .execute();
      add(Map.of(edge.heldId(), -went));
      handle.touched().holders(List.of(edge.holderId()));
    }
  }

  /**
   * Counts rows that came (1) or went (-1): a content's id and how many of them name it. Returns by
   * how many rows there are more now.
   */
  private int changed(Sql rows, int sign) {
    Map<Long, Integer> changes = new HashMap<>();
    rows.map(rs -> Map.entry(rs.getLong(1), sign * rs.getInt(2)))
        .forEach(entry -> changes.merge(entry.getKey(), entry.getValue(), Integer::sum));
    add(changes);
    return changes.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** One statement for all whose count changes by the same: nearly always by one. */
  private void add(Map<Long, Integer> changes) {
    Map<Integer, List<Long>> byChange = new TreeMap<>();
    handle.touched().reasons(changes.keySet());
    changes.forEach(
        (id, change) -> byChange.computeIfAbsent(change, c -> new ArrayList<>()).add(id));
    byChange.forEach(this::add);
  }

  private void add(int change, List<Long> ids) {
    handle
        .sql(
            """
            SELECT state, ref_count, size_bytes, allocated_bytes
            FROM FINAL TABLE (
              UPDATE content SET ref_count = ref_count + :change WHERE id = ANY (:ids))
            """)
        .bind("change", change)
        .bind("ids", Rows.ids(ids))
        .map(
            rs -> {
              Content.State state = Content.state(rs.getString(1));
              int now = rs.getInt(2);
              Size size = Content.size(rs, 3);
              return Totals.of(state, now, size).minus(Totals.of(state, now - change, size));
            })
        .forEach(handle.touched()::totals);
  }
}
