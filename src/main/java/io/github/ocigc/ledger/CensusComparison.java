package io.github.ocigc.ledger;

import io.github.ocigc.oci.Digest;
import io.github.ocigc.oci.Finding;
import io.github.ocigc.oci.Role;
import io.github.ocigc.oci.RootKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Holds a ledger against a tally, row by row but for ids and times. Reads each table once, in
 * order, and keeps only numbers.
 */
@SuppressWarnings("EnumOrdinal") // an index in memory, never stored
public final class CensusComparison {
  private static final int SHOWN = 100;

  private final Handle handle;
  private final Tally tally;
  private final List<Finding> findings = new ArrayList<>();
  private final Longs ids = new Longs();
  private final Ints numbers = new Ints();
  private final SumComparison sums;
  private final Map<Integer, Long> reallocated = new HashMap<>();
  private long differences;

  /** Sums are held against the disk's once all rows that they are of agree. */
  private boolean comparable = true;

  CensusComparison(Handle handle, Tally tally) {
    this.handle = handle;
    this.tally = tally;
    this.sums = new SumComparison(handle, tally);
  }

  /**
   * What was found.
   *
   * @param differences rows that would have to come, go or change
   * @param reallocated files that take another number of blocks than when the ledger took them in:
   *     the file system's affair
   * @param findings the first hundred differences, as sentences
   */
  public record Result(long differences, long reallocated, List<Finding> findings) {}

  Result compare() {
    return Space.of(handle.connection()).readingOnce(this::compareAll);
  }

  private Result compareAll() {
    TableScan contents = contentScan();
    TableScan tags = handle.tables().scan("tag", "content_id", "content_digest", "name");
    TableScan edges = EdgeList.scan(handle.tables());
    Meanwhile<List<RootUsage>> usages = new Meanwhile<>(() -> TagTable.usages(handle.tables()));
    Meanwhile<EdgeList> found = usages.then(() -> EdgeList.of(edges));
    try {
      contents(contents);
      roots(usages.result());
      tags.forEach(this::named);
      edges(found.result());
    } finally {
      found.settle(); // nobody reads once we have given up
    }
    if (comparable) {
      sums.compare().forEach(this::differ);
    }
    if (differences > findings.size()) {
      findings.add(
          Finding.ofPath(
              Finding.Kind.LEDGER_DRIFT,
              "",
              "and " + (differences - findings.size()) + " more rows that differ from the disk"));
    }
    reallocated.forEach(tally.census::reallocate);
    return new Result(differences, reallocated.size(), List.copyOf(findings));
  }

  private void differ(Finding.Kind kind, Digest digest, String detail) {
    comparable &= kind == Finding.Kind.ORPHAN_BLOB;
    differ(Finding.ofContent(kind, digest, detail));
  }

  private void differ(Finding finding) {
    differences++;
    if (findings.size() < SHOWN) {
      findings.add(finding);
    }
  }

  private TableScan contentScan() {
    return handle
        .tables()
        .scan(
            "content",
            "id",
            "digest",
            "size_bytes",
            "allocated_bytes",
            "state",
            "form",
            "ref_count",
            "sole_tag_id");
  }

  private void contents(TableScan scan) {
    boolean[] seen = new boolean[tally.refCounts.length];
    scan.forEach(row -> content(Content.read(row), row.isNull(8) ? -1 : row.number(8), seen));
    for (int number = 0; number < seen.length; number++) {
      if (tally.hasRow(number) && !seen[number]) {
        differ(
            tally.held(number) ? Finding.Kind.LEDGER_DRIFT : Finding.Kind.ORPHAN_BLOB,
            tally.census.digest(number),
            tally.held(number)
                ? "held, and unknown to the ledger"
                : "on disk, and unknown to the ledger");
      }
    }
  }

  private void content(Content row, long soleTag, boolean[] seen) {
    int number = tally.census.digests.find(row.digest());
    sums.content(row, number < 0 ? row.digest().prefix() : tally.census.digests.prefix(number));
    if (number < 0 || !tally.hasRow(number)) {
      // an orphan that another tool's collection removed costs nobody anything
      differ(
          row.refCount() == 0 ? Finding.Kind.ORPHAN_BLOB : Finding.Kind.LEDGER_DRIFT,
          row.digest(),
          "known to the ledger, not on disk, and nothing names it");
      return;
    }
    seen[number] = true;
    ids.add(row.id());
    numbers.add(number);
    sums.sole(number, soleTag);
    long allocated = tally.census.allocatedBytes(number);
    if (row.size().allocatedBytes() != allocated) {
      reallocated.put(number, allocated);
      tally.census.reallocate(number, row.size().allocatedBytes()); // the sums are of these
    }
    if (row.refCount() != tally.refCounts[number]) {
      differ(
          Finding.Kind.COUNT_DRIFT,
          row.digest(),
          "the ledger counts " + row.refCount() + ", the disk " + tally.refCounts[number]);
    } else if (row.form() != tally.census.form(number)
        || row.sizeBytes() != tally.census.sizeBytes(number)
        || (row.state() == Content.State.ABSENT) == tally.census.present(number)) {
      boolean missing = row.state() == Content.State.PRESENT && !tally.census.present(number);
      differ(
          missing ? Finding.Kind.MISSING_BLOB : Finding.Kind.LEDGER_DRIFT,
          row.digest(),
          "the ledger says %s, %s, %d bytes; the disk %s, %d bytes"
              .formatted(
                  row.state().label(),
                  row.form().label(),
                  row.sizeBytes(),
                  tally.census.form(number).label(),
                  tally.census.sizeBytes(number)));
    }
  }

  /** One number for an edge; roles are few. */
  private static long edge(int holder, int held) {
    return (long) holder << 32 | held;
  }

  /** The tally's number of a content's row, or -1. */
  private int number(long id) {
    int at = ids.find(id); // rows came in the order of their ids
    return at < 0 ? -1 : numbers.get(at);
  }

  private void edges(EdgeList found) {
    long[][] wanted = wantedEdges();
    boolean[][] seen = new boolean[wanted.length][];
    for (int role = 0; role < wanted.length; role++) {
      seen[role] = new boolean[wanted[role].length];
    }
    found.forEach((holder, held, role) -> edge(number(holder), number(held), role, wanted, seen));
    for (int role = 0; role < wanted.length; role++) {
      for (int i = 0; i < seen[role].length; i++) {
        if (!seen[role][i]) {
          differ(
              Finding.Kind.LEDGER_DRIFT,
              tally.census.digest((int) wanted[role][i]),
              "the ledger has no edge from " + tally.census.digest((int) (wanted[role][i] >>> 32)));
        }
      }
    }
  }

  private void edge(int holder, int held, Role role, long[][] wanted, boolean[][] seen) {
    int of = role.ordinal();
    int at = holder < 0 || held < 0 ? -1 : Arrays.binarySearch(wanted[of], edge(holder, held));
    if (at >= 0) {
      seen[of][at] = true;
      return;
    }
    differences++;
    if (held >= 0 && findings.size() < SHOWN) {
      findings.add(
          Finding.ofContent(
              Finding.Kind.LEDGER_DRIFT,
              tally.census.digest(held),
              "the ledger has an edge to it that no document on disk asks for"));
    }
  }

  /** The edges that should be there, sorted, a list for each role. */
  private long[][] wantedEdges() {
    int roles = Role.values().length;
    int[] sizes = new int[roles];
    forEachEdge((holder, held, role) -> sizes[role]++);
    long[][] wanted = new long[roles][];
    for (int role = 0; role < roles; role++) {
      wanted[role] = new long[sizes[role]];
    }
    int[] filled = new int[roles];
    forEachEdge((holder, held, role) -> wanted[role][filled[role]++] = edge(holder, held));
    for (long[] list : wanted) {
      Arrays.sort(list);
    }
    return wanted;
  }

  private interface EdgeVisitor {
    void edge(int holder, int held, int role);
  }

  private void forEachEdge(EdgeVisitor visitor) {
    Census census = tally.census;
    for (int holder = 0; holder < tally.refCounts.length; holder++) {
      if (tally.held(holder)) {
        for (int i = 0; i < census.linkCount(holder); i++) {
          int link = census.firstLink(holder) + i;
          visitor.edge(holder, census.linkHeld.get(link), census.role(link).ordinal());
        }
        Ints referrers = census.referrers(holder);
        for (int i = 0; i < referrers.size(); i++) {
          visitor.edge(holder, referrers.get(i), Role.REFERRER.ordinal());
        }
      }
    }
  }

  private void roots(List<RootUsage> usages) {
    Map<RootKey, Integer> wanted = new HashMap<>();
    for (int i = 0; i < tally.weak.length; i++) {
      wanted.put(tally.census.roots.get(i).key(), i);
    }
    for (RootUsage usage : usages) {
      Integer number = wanted.remove(usage.key());
      if (number == null) {
        differ(
            Finding.Kind.LEDGER_DRIFT,
            usage.key().digest(),
            "the ledger has a root " + usage.key() + " that the disk has not");
      } else {
        sums.root(usage, number);
        if (usage.weak() != tally.weak[number]) {
          differences++; // which of several stranded roots came first; both answers keep the
          // content
          comparable = false;
        }
      }
    }
    wanted.forEach(
        (key, number) ->
            differ(
                Finding.Kind.LEDGER_DRIFT,
                key.digest(),
                "the disk has a root " + key + " that the ledger has not"));
  }

  /** A root bears the digest of the content that it names. */
  private void named(TableScan.Row tag) {
    Digest digest = Content.digest(tag.text(2));
    int number = number(tag.number(1));
    if (number >= 0 && !tally.census.digest(number).equals(digest)) {
      RootKey key = new RootKey(tag.textOrEmpty(3), digest);
      differ(
          Finding.Kind.LEDGER_DRIFT, digest, "the ledger's root " + key + " names another content");
    }
  }
}
