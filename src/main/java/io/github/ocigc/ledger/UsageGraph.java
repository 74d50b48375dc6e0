package io.github.ocigc.ledger;

import io.github.ocigc.oci.Role;
import io.github.ocigc.oci.Size;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A part of the ledger's graph in memory: some contents and all that they reach, by edges and by
 * weak roots. Three statements for each level of edges that is new.
 */
final class UsageGraph {
  /** Of {@link Node#sole}: several roots reach the content. */
  static final long SEVERAL = -1;

  /** Of {@link Node#sole}: no root reaches the content. */
  static final long NONE = 0;

  private final Handle handle;
  private final Map<Long, Node> nodes = new LinkedHashMap<>();

  UsageGraph(Handle handle) {
    this.handle = handle;
  }

  /** A content. {@code sole} is as the ledger has it. */
  record Node(
      long id,
      String digest,
      Size size,
      int refCount,
      long sole,
      @Nullable String created,
      List<Below> below) {}

  /** An edge to what is below, or a weak root that names it: then without a role. */
  record Below(Node node, @Nullable Role role) {}

  /** The contents that are here so far. */
  Collection<Node> nodes() {
    return nodes.values();
  }

  /** Null for what is not here. */
  @Nullable Node node(long id) {
    return nodes.get(id);
  }

  /** Adds contents and all that they reach. */
  void load(Collection<Long> starts) {
    Set<Long> level = new HashSet<>(starts);
    level.removeAll(nodes.keySet());
    add(level);
    while (!level.isEmpty()) {
      List<Link> links = links(level);
      Set<Long> next = new HashSet<>();
      links.forEach(link -> next.add(link.held()));
      next.removeAll(nodes.keySet());
      add(next);
      for (Link link : links) {
        Node holder = nodes.get(link.holder());
        Node held = nodes.get(link.held());
        if (holder != null && held != null) {
          holder.below().add(new Below(held, link.role()));
        }
      }
      level = next;
    }
  }

  private void add(Collection<Long> ids) {
    Rows.query(
            handle,
            """
            SELECT id, digest, size_bytes, allocated_bytes, ref_count, COALESCE(sole_tag_id, -1),
              created
            FROM content
            WHERE id = ANY (:ids)
            """,
            Rows.ids(ids))
        .map(
            rs ->
                new Node(
                    rs.getLong(1),
                    rs.getString(2),
                    Content.size(rs, 3),
                    rs.getInt(5),
                    rs.getLong(6),
                    rs.getString(7),
                    new ArrayList<>()))
        .forEach(node -> nodes.put(node.id(), node));
  }

  private record Link(long holder, long held, @Nullable Role role) {}

  private List<Link> links(Set<Long> holders) {
    List<Link> links =
        Rows.query(
                handle,
                "SELECT holder_id, held_id, role FROM edge WHERE holder_id = ANY (:ids)",
                Rows.ids(holders))
            .map(rs -> new Link(rs.getLong(1), rs.getLong(2), Role.of(rs.getString(3))))
            .list();
    if (new TagTable(handle).noneSpeaks()) {
      return links;
    }
    Map<String, Long> digests = new HashMap<>();
    for (long holder : holders) {
      Node node = nodes.get(holder);
      if (node != null) {
        digests.put(node.digest(), holder);
      }
    }
    handle
        .sql("SELECT subject, content_id FROM tag WHERE subject = ANY (:subjects) AND weak")
        .bind("subjects", digests.keySet().toArray(String[]::new))
        .map(rs -> new Link(digests.getOrDefault(rs.getString(1), 0L), rs.getLong(2), null))
        .forEach(links::add);
    return links;
  }

  /** Everything that a content reaches, itself too. */
  static List<Node> reach(Node top) {
    List<Node> reached = new ArrayList<>();
    Deque<Node> next = new ArrayDeque<>(List.of(top));
    Set<Long> seen = new HashSet<>(List.of(top.id()));
    while (!next.isEmpty()) {
      Node node = next.remove();
      reached.add(node);
      for (Below below : node.below()) {
        if (seen.add(below.node().id())) {
          next.add(below.node());
        }
      }
    }
    return reached;
  }

  /** When a content was made: as it says itself, or the latest of its configs and children. */
  static @Nullable String created(Node top) {
    if (top.created() != null) {
      return top.created();
    }
    return top.below().stream()
        .filter(below -> below.role() == Role.CONFIG || below.role() == Role.CHILD)
        .flatMap(
            below ->
                below.node().created() != null || below.role() == Role.CONFIG
                    ? Stream.ofNullable(below.node().created())
                    : configs(below.node()))
        .max(Comparator.naturalOrder())
        .orElse(null);
  }

  private static Stream<String> configs(Node child) {
    return child.below().stream()
        .filter(below -> below.role() == Role.CONFIG)
        .flatMap(below -> Stream.ofNullable(below.node().created()));
  }
}
