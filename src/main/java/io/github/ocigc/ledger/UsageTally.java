package io.github.ocigc.ledger;

import io.github.ocigc.oci.Role;
import io.github.ocigc.oci.Size;
import java.util.Comparator;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What each root of a tally reaches, by one walk down from each: what the ledger keeps while rows
 * come and go, worked out from the whole.
 */
final class UsageTally {
  /** Of {@link #sole}: no plain root reaches the content. */
  static final int NONE = -1;

  /** Of {@link #sole}: several plain roots reach the content. */
  static final int SEVERAL = -2;

  private final Tally tally;
  private final Census census;
  private final long[] totals;
  private final long[] totalsAllocated;
  private final long[] uniques;
  private final long[] uniquesAllocated;

  /** By content: 0 no plain root, n root n - 1, -1 several. */
  private final int[] reachedBy;

  UsageTally(Tally tally) {
    this.tally = tally;
    this.census = tally.census;
    this.totals = new long[tally.weak.length];
    this.totalsAllocated = new long[tally.weak.length];
    this.uniques = new long[tally.weak.length];
    this.uniquesAllocated = new long[tally.weak.length];
    this.reachedBy = new int[tally.refCounts.length];
    walk();
  }

  private void walk() {
    int[] visited = new int[reachedBy.length];
    Ints next = new Ints();
    for (int r = 0; r < totals.length; r++) {
      int root = r;
      next.add(tally.target(r));
      while (!next.isEmpty()) {
        int at = next.removeLast();
        if (visited[at] != root + 1) {
          visited[at] = root + 1;
          totals[root] += census.sizeBytes(at);
          totalsAllocated[root] += census.allocatedBytes(at);
          if (!tally.weak[root]) {
            reachedBy[at] = reachedBy[at] == 0 ? root + 1 : -1;
          }
          tally.forEachReached(at, next::add);
        }
      }
    }
    for (int i = 0; i < reachedBy.length; i++) {
      if (reachedBy[i] > 0) {
        uniques[reachedBy[i] - 1] += census.sizeBytes(i);
        uniquesAllocated[reachedBy[i] - 1] += census.allocatedBytes(i);
      }
    }
  }

  /** The only plain root that reaches a content, or {@link #NONE} or {@link #SEVERAL}. */
  int sole(int number) {
    return reachedBy[number] < 0 ? SEVERAL : reachedBy[number] - 1;
  }

  Size total(int root) {
    return new Size(totals[root], totalsAllocated[root]);
  }

  Size unique(int root) {
    return new Size(uniques[root], uniquesAllocated[root]);
  }

  /** When what a root names was made: as it says itself, or the latest of its configs, children. */
  @Nullable String created(int root) {
    int top = tally.target(root);
    String own = shortened(top);
    return own != null
        ? own
        : below(top)
            .flatMap(link -> createdBelow(link))
            .max(Comparator.naturalOrder())
            .orElse(null);
  }

  private Stream<String> createdBelow(int link) {
    int held = census.linkHeld.get(link);
    String own = shortened(held);
    return switch (census.role(link)) {
      case CONFIG -> Stream.ofNullable(own);
      case CHILD ->
          own != null
              ? Stream.of(own)
              : below(held)
                  .filter(deeper -> census.role(deeper) == Role.CONFIG)
                  .map(census.linkHeld::get)
                  .map(this::shortened)
                  .filter(Objects::nonNull);
      default -> Stream.empty();
    };
  }

  private Stream<Integer> below(int number) {
    return Stream.iterate(census.firstLink(number), link -> link + 1)
        .limit(census.linkCount(number));
  }

  private @Nullable String shortened(int number) {
    return ArrivalRows.shortened(census.created(number));
  }

  /** The sums of the whole store. */
  Totals sums() {
    Totals sums = Totals.ofRoots(tally.roots());
    for (int i = 0; i < reachedBy.length; i++) {
      if (census.present(i)) {
        sums =
            sums.plus(
                Totals.of(
                    Content.State.PRESENT,
                    tally.refCounts[i],
                    census.size(i),
                    census.digests.prefix(i)));
      }
    }
    return sums;
  }
}
