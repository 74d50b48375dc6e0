package io.github.ocigc.ledger;

import io.github.ocigc.oci.Digest;
import io.github.ocigc.oci.Role;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads a whole ledger, each table once, and goes down from every root that is not weak. Some 300
 * bytes a content, and eight for each pair of a root and what it reaches.
 */
final class StoreMapReading {
  private final Handle handle;
  private final List<Content> contents = new ArrayList<>();
  private final Map<Long, Integer> numbers = new HashMap<>();
  private final Map<Digest, Integer> byDigest = new HashMap<>();
  private final List<Ints> below = new ArrayList<>();
  private final List<@Nullable Role> roles = new ArrayList<>();
  private final List<List<Integer>> reachedBy = new ArrayList<>();

  StoreMapReading(Handle handle) {
    this.handle = handle;
  }

  StoreMap read() {
    handle.rowByRow(
        () ->
            handle
                .sql(
                    """
                    SELECT id, digest, size_bytes, allocated_bytes, state, form, ref_count
                    FROM content
                    """)
                .map(rs -> Content.read(rs, 1))
                .forEach(this::add));
    handle.rowByRow(
        () ->
            handle
                .sql("SELECT holder_id, held_id, role FROM edge")
                .map(rs -> new EdgeKey(rs.getLong(1), rs.getLong(2), Role.of(rs.getString(3))))
                .forEach(this::add));
    List<RootUsage> roots = TagTable.usages(handle.tables());
    for (RootUsage usage : roots) {
      Optional<Integer> subject = Digest.parse(usage.subject()).map(byDigest::get);
      if (usage.weak() && subject.isPresent()) {
        below.get(subject.get()).add(number(usage.key().digest()));
      }
    }
    int[] seen = new int[contents.size()];
    for (int i = 0; i < roots.size(); i++) {
      if (!roots.get(i).weak()) {
        reach(i, number(roots.get(i).key().digest()), seen);
      }
    }
    return new StoreMap(roots, blobs());
  }

  private void add(Content content) {
    numbers.put(content.id(), contents.size());
    byDigest.put(content.digest(), contents.size());
    contents.add(content);
    below.add(new Ints());
    roles.add(null);
    reachedBy.add(new ArrayList<>(1));
  }

  private void add(EdgeKey edge) {
    int holder = number(edge.holderId());
    int held = number(edge.heldId());
    below.get(holder).add(held);
    if (roles.get(held) == null) {
      roles.set(held, edge.role());
    }
  }

  private int number(Digest digest) {
    return known(byDigest.get(digest), digest);
  }

  private int number(long id) {
    return known(numbers.get(id), id);
  }

  private static int known(@Nullable Integer number, Object content) {
    if (number == null) {
      throw new IllegalStateException("the ledger has no content " + content);
    }
    return number;
  }

  /** {@code seen} has for each content the last root that came by, plus 1. */
  private void reach(int root, int top, int[] seen) {
    Ints next = new Ints();
    next.add(top);
    while (!next.isEmpty()) {
      int at = next.removeLast();
      if (seen[at] != root + 1) {
        seen[at] = root + 1;
        reachedBy.get(at).add(root);
        Ints held = below.get(at);
        for (int i = 0; i < held.size(); i++) {
          next.add(held.get(i));
        }
      }
    }
  }

  private List<StoreMap.Blob> blobs() {
    List<StoreMap.Blob> blobs = new ArrayList<>();
    for (int i = 0; i < contents.size(); i++) {
      Content content = contents.get(i);
      if (content.state() != Content.State.ABSENT) {
        blobs.add(
            new StoreMap.Blob(
                content.digest(),
                content.size(),
                content.state() == Content.State.CONDEMNED,
                content.refCount() > 0 && reachedBy.get(i).isEmpty(),
                Optional.ofNullable(roles.get(i)),
                reachedBy.get(i)));
      }
    }
    return blobs;
  }
}
