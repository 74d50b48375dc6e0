package io.github.ocigc.ledger;

import io.github.ocigc.oci.Size;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Brings the sums up to what a transaction has changed, before it is committed: the totals, which
 * root alone reaches a content, and the sizes of those roots to which that makes a difference; then
 * takes a sample of them for the history. Work follows what is below the changed contents, and what
 * is below the roots above changed holders; a root that merely gains or loses contents as its own
 * is not gone through, however large.
 */
final class UsageReview {
  private final Handle handle;

  UsageReview(Handle handle) {
    this.handle = handle;
  }

  void review(Touched touched) {
    if (!touched.totals().isZero()) {
      new TotalsTable(handle).add(touched.totals());
    }
    Set<Long> roots = rootsAbove(held(touched.holders()));
    Map<Long, Size> gains = new HashMap<>();
    if (!touched.reasons().isEmpty()) {
      UsageGraph region = new UsageGraph(handle);
      region.load(touched.reasons());
      roots.addAll(resole(region, touched, gains));
    }
    measure(roots);
    gains.keySet().removeAll(roots);
    gains.forEach(this::gain);
    touched.event().ifPresent(done -> new SampleTable(handle).take(done.at(), done.action()));
  }

  private Set<Long> held(Collection<Long> contents) {
    return new HashSet<>(
        Rows.query(
                handle,
                "SELECT id FROM content WHERE id = ANY (:ids) AND ref_count > 0",
                Rows.ids(contents))
            .map(rs -> rs.getLong(1))
            .list());
  }

  private Set<Long> rootsNaming(Collection<Long> contents) {
    return new HashSet<>(
        Rows.query(handle, "SELECT id FROM tag WHERE content_id = ANY (:ids)", Rows.ids(contents))
            .map(rs -> rs.getLong(1))
            .list());
  }

  /** All roots that reach one of these, weak ones too. */
  private Set<Long> rootsAbove(Set<Long> contents) {
    Set<Long> roots = new HashSet<>();
    Set<Long> seen = new HashSet<>(contents);
    Set<Long> level = contents;
    while (!level.isEmpty()) {
      roots.addAll(rootsNaming(level));
      Set<Long> above = new HashSet<>();
      for (String sql :
          List.of(
              "SELECT holder_id FROM edge WHERE held_id = ANY (:ids)",
              """
              SELECT content.id
              FROM tag
              JOIN content ON content.digest = tag.subject
              WHERE tag.content_id = ANY (:ids) AND tag.weak
              """)) {
        Rows.query(handle, sql, Rows.ids(level)).map(rs -> rs.getLong(1)).forEach(above::add);
      }
      above.removeIf(id -> !seen.add(id));
      level = above;
    }
    return roots;
  }

  /**
   * Writes which root alone reaches what, and adds up in {@code gains} by how much the unique size
   * of which root changes by it. Returns the roots that name what has gained or lost a holder, and
   * those that have gained or lost a changed holder, whose size may not be what it was.
   */
  private Set<Long> resole(UsageGraph region, Touched touched, Map<Long, Size> gains) {
    SoleRoots found = new SoleRoots(handle, region);
    Map<Long, Long> soles = found.find();
    Map<Long, List<Long>> changed = new HashMap<>();
    Set<Long> roots = new HashSet<>(found.naming(touched.reasons()));
    for (UsageGraph.Node node : region.nodes()) {
      long now = Objects.requireNonNull(soles.get(node.id()));
      if (now != node.sole()) {
        changed.computeIfAbsent(now, root -> new ArrayList<>()).add(node.id());
        if (touched.holders().contains(node.id())) {
          roots.addAll(List.of(now, node.sole()));
        } else {
          gains.merge(now, node.size(), Size::plus);
          gains.merge(node.sole(), Size.ZERO.minus(node.size()), Size::plus);
        }
      }
    }
    changed.forEach(
        (root, contents) ->
            handle
                .sql("UPDATE content SET sole_tag_id = :root WHERE id = ANY (:ids)")
                .bind("root", root == UsageGraph.SEVERAL ? null : root)
                .bind("ids", Rows.ids(contents))
                .execute());
    List<Long> noRoot = List.of(UsageGraph.SEVERAL, UsageGraph.NONE);
    noRoot.forEach(gains::remove);
    noRoot.forEach(roots::remove);
    return roots;
  }

  /** A root that is gone meanwhile has no row. */
  private void gain(long root, Size gain) {
    if (!gain.sameAs(Size.ZERO)) {
      handle
          .sql(
              """
              UPDATE tag
              SET unique_bytes = unique_bytes + :bytes,
                unique_allocated_bytes = unique_allocated_bytes + :allocated
              WHERE id = :id
              """)
          .bind("bytes", gain.bytes())
          .bind("allocated", gain.allocatedBytes())
          .bind("id", root)
          .execute();
    }
  }

  private record Measured(
      long id, long contentId, boolean weak, Size total, Size unique, @Nullable String created) {
    /** A record's own comparison is put together anew in each process. */
    boolean agrees(Measured other) {
      return total.sameAs(other.total)
          && unique.sameAs(other.unique)
          && Objects.equals(created, other.created);
    }
  }

  private void measure(Set<Long> roots) {
    if (roots.isEmpty()) {
      return;
    }
    List<Measured> rows =
        Rows.query(
                handle,
                """
                SELECT id, content_id, weak, total_bytes, total_allocated_bytes, unique_bytes,
                  unique_allocated_bytes, created
                FROM tag
                WHERE id = ANY (:ids)
                """,
                Rows.ids(roots))
            .map(
                rs ->
                    new Measured(
                        rs.getLong(1),
                        rs.getLong(2),
                        rs.getBoolean(3),
                        Content.size(rs, 4),
                        Content.size(rs, 6),
                        rs.getString(8)))
            .list();
    UsageGraph graph = new UsageGraph(handle);
    graph.load(rows.stream().map(Measured::contentId).toList());
    for (Measured row : rows) {
      Measured now = measured(row, Objects.requireNonNull(graph.node(row.contentId())));
      if (!now.agrees(row)) {
        handle
            .sql(
                """
                UPDATE tag
                SET total_bytes = :total, total_allocated_bytes = :totalAllocated,
                  unique_bytes = :unique, unique_allocated_bytes = :uniqueAllocated,
                  created = :created
                WHERE id = :id
                """)
            .bind("total", now.total().bytes())
            .bind("totalAllocated", now.total().allocatedBytes())
            .bind("unique", now.unique().bytes())
            .bind("uniqueAllocated", now.unique().allocatedBytes())
            .bind("created", now.created())
            .bind("id", now.id())
            .execute();
      }
    }
  }

  private static Measured measured(Measured root, UsageGraph.Node top) {
    Size total = Size.ZERO;
    Size unique = Size.ZERO;
    for (UsageGraph.Node node : UsageGraph.reach(top)) {
      total = total.plus(node.size());
      if (node.sole() == root.id() && !root.weak()) {
        unique = unique.plus(node.size());
      }
    }
    return new Measured(
        root.id(), root.contentId(), root.weak(), total, unique, UsageGraph.created(top));
  }
}
