package io.github.ocigc.ledger;

import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/**
 * The whole graph in memory, some 50 bytes a content, for questions about every root at once. A
 * snapshot: it does not follow later transactions. Safe for use by many threads.
 */
public final class LedgerGraph {
  private final long[] ids;
  private final long[] sizes;
  private final int[] firstEdge;
  private final int[] held;

  private LedgerGraph(long[] ids, long[] sizes, int[] firstEdge, int[] held) {
    this.ids = ids;
    this.sizes = sizes;
    this.firstEdge = firstEdge;
    this.held = held;
  }

  static LedgerGraph read(Handle handle, List<LedgerRoot> roots) {
    LongStream.Builder idStream = LongStream.builder();
    LongStream.Builder sizeStream = LongStream.builder();
    handle
        .sql("SELECT id, size_bytes FROM content ORDER BY id")
        .map(
            rs -> {
              idStream.add(rs.getLong(1));
              sizeStream.add(rs.getLong(2));
              return true;
            })
        .forEach(row -> {});
    long[] ids = idStream.build().toArray();
    Ints holders = new Ints();
    Ints helds = new Ints();
    handle
        .sql(
            """
            SELECT holder_id, held_id FROM edge
            UNION ALL
            SELECT subject.id, tag.content_id
            FROM tag
            JOIN content AS subject ON subject.digest = tag.subject
            WHERE tag.weak
            """)
        .map(
            rs -> {
              holders.add(Arrays.binarySearch(ids, rs.getLong(1)));
              helds.add(Arrays.binarySearch(ids, rs.getLong(2)));
              return true;
            })
        .forEach(row -> {});
    int[] first = new int[ids.length + 1];
    for (int i = 0; i < holders.size(); i++) {
      first[holders.get(i) + 1]++;
    }
    for (int i = 0; i < ids.length; i++) {
      first[i + 1] += first[i];
    }
    int[] next = first.clone();
    int[] held = new int[helds.size()];
    for (int i = 0; i < holders.size(); i++) {
      held[next[holders.get(i)]++] = helds.get(i);
    }
    return new LedgerGraph(ids, sizeStream.build().toArray(), first, held);
  }

  /**
   * What one root uses.
   *
   * @param totalBytes all that it reaches
   * @param uniqueBytes what only it reaches: what deleting it gives back; 0 for a weak root
   */
  public record Usage(long totalBytes, long uniqueBytes) {
    public long sharedBytes() {
      return totalBytes - uniqueBytes;
    }
  }

  /**
   * Usage of each root, in the order given, and in {@code sharedBytes} the size of what two or more
   * of them reach.
   */
  public record Usages(List<Usage> roots, long sharedBytes) {}

  /** Walks down from each root once. */
  public Usages usages(List<LedgerRoot> roots) {
    int[] reachedBy = new int[ids.length]; // plain roots: 0 none, n root n - 1, -1 several
    int[] visited = new int[ids.length];
    long[] totals = new long[roots.size()];
    Ints next = new Ints();
    for (int r = 0; r < roots.size(); r++) {
      boolean weak = roots.get(r).weak();
      next.add(index(roots.get(r).content().id()));
      while (!next.isEmpty()) {
        int at = next.removeLast();
        if (visited[at] != r + 1) {
          visited[at] = r + 1;
          totals[r] += sizes[at];
          if (!weak) {
            reachedBy[at] = reachedBy[at] == 0 ? r + 1 : -1;
          }
          for (int e = firstEdge[at]; e < firstEdge[at + 1]; e++) {
            next.add(held[e]);
          }
        }
      }
    }
    long[] unique = new long[roots.size()];
    long shared = 0;
    for (int i = 0; i < ids.length; i++) {
      if (reachedBy[i] > 0) {
        unique[reachedBy[i] - 1] += sizes[i];
      } else if (reachedBy[i] < 0) {
        shared += sizes[i];
      }
    }
    List<Usage> usages =
        java.util.stream.IntStream.range(0, totals.length)
            .mapToObj(r -> new Usage(totals[r], unique[r]))
            .toList();
    return new Usages(usages, shared);
  }

  private int index(long id) {
    return Arrays.binarySearch(ids, id);
  }
}
