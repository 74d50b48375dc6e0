package io.github.ocigc.ledger;

import io.github.ocigc.oci.Finding;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Holds the sums that a ledger keeps against what they are sums of: the totals against the rows of
 * content, and what roots use against a tally.
 */
final class SumComparison {
  private final Handle handle;
  private final Tally tally;
  private final List<RootUsage> roots = new ArrayList<>();
  private final Map<Long, Integer> numbers = new HashMap<>();
  private final long[] soles;
  private Totals totals = Totals.ZERO;

  SumComparison(Handle handle, Tally tally) {
    this.handle = handle;
    this.tally = tally;
    this.soles = new long[tally.refCounts.length];
  }

  /** A root's row; {@code number} is the tally's for it. */
  void root(RootUsage row, int number) {
    roots.add(row);
    numbers.put(row.id(), number);
  }

  /** A content's row, and its digest's prefix. */
  void content(Content row, long prefix) {
    totals = totals.plus(Totals.of(row.state(), row.refCount(), row.size(), prefix));
  }

  /** A content's {@code sole_tag_id}, -1 for NULL; {@code number} is the tally's for it. */
  void sole(int number, long tag) {
    soles[number] = tag;
  }

  /** What differs; everything has been told by now, and the rows agree with the tally's. */
  List<Finding> compare() {
    List<Finding> findings = new ArrayList<>();
    Totals kept = new TotalsTable(handle).read();
    totals = totals.plus(Totals.ofRoots(roots.size()));
    if (!kept.equals(totals)) {
      findings.add(
          Finding.ofPath(
              Finding.Kind.SUM_DRIFT,
              "",
              "the ledger's totals are " + kept + ", its rows add up to " + totals));
    }
    UsageTally usage = new UsageTally(tally);
    for (RootUsage row : roots) {
      root(row, Objects.requireNonNull(numbers.get(row.id())), usage, findings);
    }
    for (int number = 0; number < soles.length; number++) {
      if (tally.hasRow(number) && sole(soles[number]) != usage.sole(number)) {
        findings.add(
            Finding.ofContent(
                Finding.Kind.SUM_DRIFT,
                tally.census.digest(number),
                "the ledger names another root, or none, as the only one that reaches it"));
      }
    }
    return findings;
  }

  private int sole(long tag) {
    if (tag == UsageGraph.SEVERAL) {
      return UsageTally.SEVERAL;
    }
    return numbers.getOrDefault(tag, UsageTally.NONE);
  }

  private static void root(RootUsage row, int number, UsageTally usage, List<Finding> findings) {
    RootUsage disk =
        new RootUsage(
            row.id(),
            row.key(),
            row.mediaType(),
            row.subject(),
            row.weak(),
            row.repository(),
            usage.total(number),
            usage.unique(number),
            Objects.requireNonNullElse(usage.created(number), ""));
    if (!disk.equals(row)) {
      findings.add(
          Finding.ofContent(
              Finding.Kind.SUM_DRIFT,
              row.key().digest(),
              "the ledger says that %s %s; the disk says that it %s"
                  .formatted(row.key(), uses(row), uses(disk))));
    }
  }

  private static String uses(RootUsage usage) {
    return "has %d bytes (%d on disk), %d (%d) of them its own, and was made '%s'"
        .formatted(
            usage.total().bytes(),
            usage.total().allocatedBytes(),
            usage.unique().bytes(),
            usage.unique().allocatedBytes(),
            usage.created());
  }
}
