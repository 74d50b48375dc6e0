package io.github.ocigc.ledger;

import io.github.ocigc.oci.Digest;
import io.github.ocigc.oci.Role;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Trial deletion. Everything below the dropped roots and leases is a candidate; a candidate with
 * more references than candidates and dropped roots account for is held from outside and lives, and
 * so does all that it holds. The rest dies, circles included.
 *
 * <p>Work follows the edges of what is below the roots: the list of a content's holders, which may
 * be ten thousand long, is never read. Reads only; the caller's transaction keeps the answer true.
 */
final class Planner {
  private final EdgeTable edges;
  private final TagTable tags;
  private final ContentTable contents;
  private final DamageTable damage;
  private final LeaseTable leases;

  private final PlanRequest request;
  private final Map<Long, Candidate> candidates = new LinkedHashMap<>();
  private final Map<Long, LedgerRoot> weakBelow = new LinkedHashMap<>();
  private final List<EdgeTable.Held> referrerEdges = new ArrayList<>();
  private final Set<EdgeKey> assumedGone = new HashSet<>();
  private final Set<Long> droppedTags = new HashSet<>();

  Planner(Handle handle, PlanRequest request) {
    this.edges = new EdgeTable(handle);
    this.tags = new TagTable(handle);
    this.contents = new ContentTable(handle);
    this.damage = new DamageTable(handle);
    this.leases = new LeaseTable(handle);
    this.request = request;
  }

  private static final class Candidate {
    final Content content;
    final List<Long> held = new ArrayList<>();
    int internal;

    Candidate(Content content) {
      this.content = content;
    }
  }

  Plan plan() {
    start();
    Set<Long> living = living();
    List<Content> withoutRescue = contentsWhere(id -> !living.contains(id));
    Set<Digest> losing = digests(withoutRescue);
    List<LedgerRoot> weakOfLosing =
        weakBelow.values().stream()
            .filter(root -> !droppedTags.contains(root.id()))
            .filter(root -> Digest.parse(root.subject()).map(losing::contains).orElse(false))
            .toList();
    List<LedgerRoot> going = new ArrayList<>(request.roots());
    List<Content> orphaned = List.of();
    Set<Long> rescued = new HashSet<>();
    if (request.weak() == PlanRequest.Weak.FOLLOW) {
      going.addAll(weakOfLosing);
    } else {
      Deque<Long> tops = new ArrayDeque<>();
      weakOfLosing.forEach(root -> tops.add(root.content().id()));
      closure(tops, rescued);
      orphaned = orphaned(losing, rescued);
      living.addAll(rescued);
    }
    List<Content> dying = contentsWhere(id -> !living.contains(id));
    Set<Digest> dead = digests(dying);
    List<Content> damaged = damage.all();
    return new Plan(
        going,
        request.leases(),
        dying,
        spared(dying, damaged),
        contentsWhere(living::contains),
        orphaned,
        withoutRescue.stream().filter(content -> living.contains(content.id())).toList(),
        request.released().stream().filter(edge -> goes(edge, living)).toList(),
        new HashSet<>(request.cut().stream().map(EdgeKey::heldId).toList()),
        damaged.stream().filter(c -> !dead.contains(c.digest())).toList());
  }

  /** After {@link #plan}: the ids of what a content below the dropped roots holds. */
  List<Long> below(long id) {
    Candidate candidate = candidates.get(id);
    return candidate == null ? List.of() : candidate.held;
  }

  private static Set<Digest> digests(List<Content> contents) {
    return new HashSet<>(contents.stream().map(Content::digest).toList());
  }

  /** A referrer that lives on, under another name perhaps, is still held by its subject. */
  private static boolean goes(EdgeKey edge, Set<Long> living) {
    return edge.role() != Role.REFERRER || !living.contains(edge.heldId());
  }

  private void start() {
    assumedGone.addAll(request.released());
    assumedGone.addAll(request.cut());
    Deque<Candidate> frontier = new ArrayDeque<>();
    for (LedgerRoot root : request.roots()) {
      if (droppedTags.add(root.id())) {
        count(root.content(), frontier);
      }
    }
    if (!request.leases().isEmpty()) {
      leases.named(request.leases()).forEach(content -> count(content, frontier));
    }
    List<Long> named = assumedGone.stream().map(EdgeKey::heldId).toList();
    Map<Long, Content> heads = new LinkedHashMap<>();
    contents.find(named).forEach(content -> heads.put(content.id(), content));
    for (EdgeKey edge : assumedGone) {
      Content head = heads.get(edge.heldId());
      if (head != null) {
        count(head, frontier);
      }
    }
    while (!frontier.isEmpty()) {
      explore(frontier);
    }
  }

  private Candidate count(Content content, Deque<Candidate> frontier) {
    Candidate candidate = candidates.get(content.id());
    if (candidate == null) {
      candidate = new Candidate(content);
      candidates.put(content.id(), candidate);
      frontier.add(candidate);
    }
    candidate.internal++;
    return candidate;
  }

  /** One level of the graph by two statements. */
  private void explore(Deque<Candidate> frontier) {
    Map<Long, Candidate> level = new LinkedHashMap<>();
    Map<String, Candidate> byDigest = new LinkedHashMap<>();
    frontier.forEach(
        c -> {
          level.put(c.content.id(), c);
          byDigest.put(c.content.digest().toString(), c);
        });
    frontier.clear();
    for (EdgeTable.Held edge : edges.heldBy(level.keySet())) {
      if (!assumedGone.contains(edge.key())) {
        if (edge.role() == Role.REFERRER) {
          referrerEdges.add(edge);
        }
        follow(level.get(edge.holderId()), edge.content(), frontier);
      }
    }
    Collection<Digest> digests = level.values().stream().map(c -> c.content.digest()).toList();
    for (LedgerRoot root : tags.speakingOf(digests)) {
      if (root.weak()) {
        weakBelow.put(root.id(), root);
        if (!droppedTags.contains(root.id())) {
          follow(byDigest.get(root.subject()), root.content(), frontier);
        }
      }
    }
  }

  private void follow(
      @org.jspecify.annotations.Nullable Candidate holder,
      Content held,
      Deque<Candidate> frontier) {
    if (holder == null) {
      throw new IllegalStateException("an edge was read whose holder was not asked for");
    }
    count(held, frontier);
    holder.held.add(held.id());
  }

  private Set<Long> living() {
    Set<Long> living = new HashSet<>();
    Deque<Long> next = new ArrayDeque<>();
    candidates.forEach(
        (id, candidate) -> {
          if (candidate.content.refCount() > candidate.internal) {
            next.add(id);
          }
        });
    closure(next, living);
    return living;
  }

  private void closure(Deque<Long> next, Set<Long> reached) {
    while (!next.isEmpty()) {
      long id = next.remove();
      Candidate candidate = candidates.get(id);
      if (candidate != null && reached.add(id)) {
        next.addAll(candidate.held);
      }
    }
  }

  private List<Content> contentsWhere(java.util.function.LongPredicate wanted) {
    return candidates.values().stream()
        .map(candidate -> candidate.content)
        .filter(content -> wanted.test(content.id()))
        .toList();
  }

  /** What is damaged may have held anything below it: neither goes. */
  private Set<Long> spared(List<Content> dying, List<Content> damaged) {
    Set<Long> damagedIds = new HashSet<>(damaged.stream().map(Content::id).toList());
    Deque<Long> next = new ArrayDeque<>();
    dying.stream().map(Content::id).filter(damagedIds::contains).forEach(next::add);
    Set<Long> spared = new HashSet<>();
    closure(next, spared);
    Set<Long> dyingIds = new HashSet<>(dying.stream().map(Content::id).toList());
    spared.retainAll(dyingIds);
    return spared;
  }

  /**
   * Referrers that stay and would be held by nothing, each with all that it holds added to {@code
   * rescued}: their subject may be among that. Whose untagged root is itself to go is not to get
   * one.
   */
  private List<Content> orphaned(Set<Digest> losing, Set<Long> rescued) {
    List<Content> orphaned = new ArrayList<>();
    if (request.weak() == PlanRequest.Weak.KEEP) {
      Set<Long> going = new HashSet<>();
      request.roots().stream()
          .filter(root -> !root.key().tagged())
          .forEach(root -> going.add(root.content().id()));
      for (EdgeTable.Held edge : referrerEdges) {
        Content referrer = edge.content();
        if (losing.contains(referrer.digest())
            && !rescued.contains(referrer.id())
            && !going.contains(referrer.id())) {
          orphaned.add(referrer);
          closure(new ArrayDeque<>(List.of(referrer.id())), rescued);
        }
      }
    }
    return orphaned;
  }
}
