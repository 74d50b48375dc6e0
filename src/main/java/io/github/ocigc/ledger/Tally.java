package io.github.ocigc.ledger;

import io.github.ocigc.oci.Digest;
import io.github.ocigc.oci.Form;
import io.github.ocigc.oci.Lease;
import io.github.ocigc.oci.RefName;
import io.github.ocigc.oci.Role;
import io.github.ocigc.oci.Root;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/**
 * What of a {@link Census} is held, and how often: a mark from the plain roots and leases through
 * edges, subjects' referrers and weak roots; then from those of the weak roots whose subject
 * nothing has reached that {@link Stranding} calls plain.
 */
public final class Tally {
  final Census census;
  final int[] refCounts;
  final boolean[] weak;
  private final int[] targets;
  private final int[] rootSubjects;
  private final boolean[] held;
  private final boolean[] asDocument;
  private final Map<Integer, List<Integer>> weakOf = new HashMap<>();
  private final Ints queue = new Ints();
  private long edges;
  private final Sums sums;

  Tally(Census census) {
    this.census = census;
    refCounts = new int[census.size()];
    held = new boolean[census.size()];
    asDocument = new boolean[census.size()];
    weak = new boolean[census.roots.size()];
    targets = census.roots.stream().mapToInt(root -> census.digests.find(root.digest())).toArray();
    rootSubjects = new int[census.roots.size()];
    mark();
    countReasons();
    sums = sum();
  }

  private void mark() {
    forEachLeased(this::reach);
    for (int i = 0; i < weak.length; i++) {
      rootSubjects[i] = subjectOf(i);
      boolean here = rootSubjects[i] >= 0 && census.present(rootSubjects[i]);
      weak[i] = here;
      if (here) {
        weakOf.computeIfAbsent(rootSubjects[i], s -> new ArrayList<>()).add(i);
      } else {
        reach(target(i));
      }
    }
    spread();
    Ints stranded = new Ints();
    for (int i = 0; i < weak.length; i++) {
      if (weak[i] && !held[rootSubjects[i]]) {
        stranded.add(i);
      }
    }
    if (!stranded.isEmpty()) {
      markPlainOf(stranded.toArray());
      spread();
    }
  }

  private void markPlainOf(int[] stranded) {
    boolean[] plain =
        new Stranding(
                census.size(),
                Arrays.stream(stranded).map(root -> targets[root]).toArray(),
                Arrays.stream(stranded).map(root -> rootSubjects[root]).toArray(),
                this::forEachHeld)
            .plain();
    for (int i = 0; i < stranded.length; i++) {
      weak[stranded[i]] = !plain[i];
      if (plain[i]) {
        reach(targets[stranded[i]]);
      }
    }
  }

  /** What a content would hold if it were held itself, but for weak roots. */
  private void forEachHeld(int number, IntConsumer each) {
    for (int i = 0; i < census.linkCount(number); i++) {
      each.accept(census.linkHeld.get(census.firstLink(number) + i));
    }
    Ints referrers = census.referrers(number);
    for (int i = 0; i < referrers.size(); i++) {
      each.accept(referrers.get(i));
    }
  }

  /** What is reached from a content at once, by edges and by weak roots. */
  void forEachReached(int number, IntConsumer each) {
    forEachHeld(number, each);
    for (int root : weakOf.getOrDefault(number, List.of())) {
      if (weak[root]) {
        each.accept(target(root));
      }
    }
  }

  /** The number of what a root names. */
  int target(int root) {
    return targets[root];
  }

  /** The number of the manifest that a root speaks of, or -1. */
  private int subjectOf(int root) {
    String name = census.roots.get(root).name();
    return name.isEmpty()
        ? census.subject(target(root)).orElse(-1)
        : RefName.fallbackSubject(name).map(census.digests::find).orElse(-1);
  }

  private void reach(int number) {
    if (!held[number]) {
      held[number] = true;
      queue.add(number);
    }
  }

  private void spread() {
    while (!queue.isEmpty()) {
      int number = queue.removeLast();
      forEachHeld(number, this::reach);
      weakOf.getOrDefault(number, List.of()).forEach(root -> reach(target(root)));
    }
  }

  private void forEachLeased(IntConsumer each) {
    for (Lease lease : census.leases) {
      lease.digests().forEach(digest -> each.accept(census.digests.find(digest)));
    }
  }

  private void countReasons() {
    forEachLeased(number -> refCounts[number]++);
    for (int i = 0; i < weak.length; i++) {
      refCounts[target(i)]++;
      asDocument[target(i)] = true;
    }
    for (int number = 0; number < held.length; number++) {
      if (held[number]) {
        countEdges(number);
      }
    }
  }

  private void countEdges(int holder) {
    for (int i = 0; i < census.linkCount(holder); i++) {
      int link = census.firstLink(holder) + i;
      int below = census.linkHeld.get(link);
      refCounts[below]++;
      asDocument[below] |= census.role(link).namesDocument();
      edges++;
    }
    Ints referrers = census.referrers(holder);
    for (int i = 0; i < referrers.size(); i++) {
      refCounts[referrers.get(i)]++;
      asDocument[referrers.get(i)] = true;
      edges++;
    }
  }

  boolean held(int number) {
    return held[number];
  }

  /** True for what the ledger has a row for. */
  boolean hasRow(int number) {
    return held[number] || census.present(number);
  }

  boolean damaged(int number) {
    return asDocument[number] && census.present(number) && census.form(number) != Form.DOCUMENT;
  }

  /** What a root speaks of, as text, whether it is here or not. */
  String rootSubject(int root) {
    Root named = census.roots.get(root);
    if (!named.name().isEmpty()) {
      return RefName.fallbackSubject(named.name()).map(Digest::toString).orElse("");
    }
    return rootSubjects[root] < 0 ? "" : census.digest(rootSubjects[root]).toString();
  }

  /** The sums that a report shows. */
  public record Sums(
      long contents,
      long blobs,
      long bytes,
      long edges,
      long orphans,
      long orphanBytes,
      long absent) {}

  public Sums sums() {
    return sums;
  }

  private Sums sum() {
    long contents = 0;
    long blobs = 0;
    long bytes = 0;
    long orphans = 0;
    long orphanBytes = 0;
    for (int i = 0; i < held.length; i++) {
      contents += hasRow(i) ? 1 : 0;
      if (census.present(i)) {
        blobs++;
        bytes += census.sizeBytes(i);
        orphans += held[i] ? 0 : 1;
        orphanBytes += held[i] ? 0 : census.sizeBytes(i);
      }
    }
    List<Digest> absent = new ArrayList<>();
    forEachAbsent(absent::add);
    return new Sums(contents, blobs, bytes, edges, orphans, orphanBytes, absent.size());
  }

  /** Present and held by nothing. */
  public void forEachOrphan(Consumer<Arrival> each) {
    for (int i = 0; i < held.length; i++) {
      if (census.present(i) && !held[i]) {
        each.accept(
            new Arrival(
                census.digest(i), census.form(i), census.size(i), java.util.Optional.empty()));
      }
    }
  }

  /** Held, without a file; what only a config's diff_ids name is not expected to have one. */
  public void forEachAbsent(Consumer<Digest> each) {
    boolean[] expected = new boolean[held.length];
    for (int i = 0; i < weak.length; i++) {
      expected[target(i)] = true;
    }
    for (int holder = 0; holder < held.length; holder++) {
      for (int i = 0; held[holder] && i < census.linkCount(holder); i++) {
        int link = census.firstLink(holder) + i;
        expected[census.linkHeld.get(link)] |= census.role(link) != Role.DIFF_ID;
      }
    }
    for (int i = 0; i < held.length; i++) {
      if (held[i] && expected[i] && !census.present(i)) {
        each.accept(census.digest(i));
      }
    }
  }

  /** Held as a manifest or index, and not readable as one. */
  public void forEachDamaged(Consumer<Digest> each) {
    for (int i = 0; i < held.length; i++) {
      if (damaged(i)) {
        each.accept(census.digest(i));
      }
    }
  }

  /** Everything that is reached from here through the links of present documents. */
  public void forEachBelow(Digest top, Consumer<Digest> each) {
    boolean[] seen = new boolean[held.length];
    Ints next = new Ints();
    int start = census.digests.find(top);
    if (start >= 0) {
      next.add(start);
    }
    while (!next.isEmpty()) {
      int number = next.removeLast();
      if (!seen[number]) {
        seen[number] = true;
        each.accept(census.digest(number));
        for (int i = 0; i < census.linkCount(number); i++) {
          next.add(census.linkHeld.get(census.firstLink(number) + i));
        }
      }
    }
  }

  public boolean holds(Digest digest) {
    int number = census.digests.find(digest);
    return number >= 0 && held[number];
  }

  /** True if the survey saw something in its place. */
  public boolean hasFile(Digest digest) {
    int number = census.digests.find(digest);
    return number >= 0 && census.present(number);
  }

  public int roots() {
    return census.roots.size();
  }
}
