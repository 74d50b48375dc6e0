package io.github.ocigc.ledger;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which root alone reaches a content, worked out anew for a part of the graph that is closed
 * downwards. What is above it has not changed, and the ledger knows it. Of what holds a content, no
 * more is read than shows that two roots reach it: a base layer may have ten thousand holders.
 */
final class SoleRoots {
  private static final int FIRST_LOOK = 3;
  private static final int LOOK_FURTHER = 64;

  private final Handle handle;
  private final UsageGraph region;
  private final Map<Long, Long> sole = new HashMap<>();
  private final Deque<UsageGraph.Node> changed = new ArrayDeque<>();
  private final List<Naming> namings = new ArrayList<>();

  SoleRoots(Handle handle, UsageGraph region) {
    this.handle = handle;
    this.region = region;
  }

  /** By content: a root's id, {@link UsageGraph#NONE} or {@link UsageGraph#SEVERAL}. */
  Map<Long, Long> find() {
    Map<Long, Integer> outside = new HashMap<>();
    for (UsageGraph.Node node : region.nodes()) {
      sole.put(node.id(), UsageGraph.NONE);
      outside.merge(node.id(), node.refCount(), Integer::sum);
      for (UsageGraph.Below below : node.below()) {
        if (below.role() != null) {
          outside.merge(below.node().id(), -1, Integer::sum);
        }
      }
    }
    Long[] ids = Rows.ids(sole.keySet());
    roots(ids, outside);
    leases(ids, outside);
    outside.forEach(
        (id, holders) -> {
          if (holders > 0) {
            lookOutside(id, holders);
          }
        });
    spread();
    return sole;
  }

  /** After {@link #find}: the ids of the roots that name one of these, which are of its part. */
  Set<Long> naming(Set<Long> contents) {
    Set<Long> roots = new HashSet<>();
    for (Naming naming : namings) {
      if (contents.contains(naming.contentId())) {
        roots.add(naming.tagId());
      }
    }
    return roots;
  }

  private void reached(long id, long root) {
    UsageGraph.Node node = region.node(id);
    long before = sole.getOrDefault(id, UsageGraph.NONE);
    long now =
        before == UsageGraph.NONE || before == root
            ? root
            : root == UsageGraph.NONE ? before : UsageGraph.SEVERAL;
    if (node != null && now != before) {
      sole.put(id, now);
      changed.add(node);
    }
  }

  private void spread() {
    while (!changed.isEmpty()) {
      UsageGraph.Node node = changed.remove();
      long root = sole.getOrDefault(node.id(), UsageGraph.NONE);
      node.below().forEach(below -> reached(below.node().id(), root));
    }
  }

  private record Naming(long contentId, long tagId, boolean weak, long subjectId, long sole) {}

  /** Plain roots reach what they name; a weak one does by its subject, if that is outside. */
  private void roots(Long[] ids, Map<Long, Integer> outside) {
    Rows.query(
            handle,
            """
                SELECT tag.content_id, tag.id, tag.weak, COALESCE(subject.id, 0),
                  COALESCE(subject.sole_tag_id, -1)
                FROM tag
                LEFT JOIN content AS subject ON subject.digest = tag.subject AND tag.weak
                WHERE tag.content_id = ANY (:ids)
                """,
            ids)
        .map(
            rs ->
                new Naming(
                    rs.getLong(1), rs.getLong(2), rs.getBoolean(3), rs.getLong(4), rs.getLong(5)))
        .forEach(namings::add);
    for (Naming root : namings) {
      outside.merge(root.contentId(), -1, Integer::sum);
      if (!root.weak()) {
        reached(root.contentId(), root.tagId());
      } else if (root.subjectId() != 0 && region.node(root.subjectId()) == null) {
        reached(root.contentId(), root.sole());
      }
    }
  }

  private void leases(Long[] ids, Map<Long, Integer> outside) {
    if (handle.tables().isEmpty("lease_content")) {
      return; // most of the time
    }
    Rows.query(handle, "SELECT content_id FROM lease_content WHERE content_id = ANY (:ids)", ids)
        .map(rs -> rs.getLong(1))
        .forEach(id -> outside.merge(id, -1, Integer::sum));
  }

  private record Holder(long id, long sole) {}

  /** {@code holders}: how many of its edges come from outside. */
  private void lookOutside(long id, int holders) {
    int limit = FIRST_LOOK;
    while (true) {
      List<Holder> seen =
          handle
              .sql(
                  """
                  SELECT content.id, COALESCE(content.sole_tag_id, -1)
                  FROM edge
                  JOIN content ON content.id = edge.holder_id
                  WHERE edge.held_id = :id
                  LIMIT :limit
                  """)
              .bind("id", id)
              .bind("limit", limit)
              .map(rs -> new Holder(rs.getLong(1), rs.getLong(2)))
              .list();
      int outside = 0;
      for (Holder holder : seen) {
        if (region.node(holder.id()) == null) {
          reached(id, holder.sole());
          outside++;
        }
      }
      if (outside >= holders
          || seen.size() < limit
          || sole.getOrDefault(id, UsageGraph.NONE) == UsageGraph.SEVERAL) {
        return;
      }
      limit = Math.multiplyExact(limit, LOOK_FURTHER);
    }
  }
}
