package io.github.ocigc.ledger;

import io.github.ocigc.oci.Digest;
import io.github.ocigc.oci.Document;
import io.github.ocigc.oci.Form;
import io.github.ocigc.oci.Lease;
import io.github.ocigc.oci.Link;
import io.github.ocigc.oci.RefName;
import io.github.ocigc.oci.Role;
import io.github.ocigc.oci.Root;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Taking in what is new, inside the caller's transaction: contents, their edges, roots. Nothing is
 * released here but the edges of a document that was edited in place.
 */
final class Intake {
  private final Handle handle;
  private final Counts counts;
  private final ContentTable contents;
  private final EdgeTable edges;
  private final TagTable tags;
  private final DamageTable damage;
  private final Map<Digest, Long> ids = new HashMap<>();

  Intake(Handle handle, Counts counts) {
    this.handle = handle;
    this.counts = counts;
    this.contents = new ContentTable(handle);
    this.edges = new EdgeTable(handle);
    this.tags = new TagTable(handle);
    this.damage = new DamageTable(handle);
  }

  /** Returns edges that edited documents no longer ask for; they are still there. */
  List<EdgeKey> take(List<Arrival> arrivals, List<Root> added, List<Lease> begun) {
    if (arrivals.isEmpty() && added.isEmpty() && begun.isEmpty()) {
      return List.of();
    }
    ids.putAll(new ArrivalRows(handle).put(arrivals));
    contents.nowHeld(ids.values());
    findHeldAlready(arrivals, added, begun);
    List<EdgeKey> outdated = outdated(arrivals);
    Map<Long, List<Link>> links = new LinkedHashMap<>();
    for (Arrival arrival : arrivals) {
      arrival.document().ifPresent(doc -> links.put(id(arrival.digest()), doc.links()));
    }
    counts.addEdges(links, ids);
    linkReferrers(arrivals);
    addRoots(added);
    begun.forEach(lease -> counts.addLease(lease, ids));
    decideWeakness(arrivals, added);
    damage.review(ids.values());
    return outdated;
  }

  private long id(Digest digest) {
    Long id = ids.get(digest);
    if (id == null) {
      throw new IllegalStateException(digest + " was reached and did not arrive");
    }
    return id;
  }

  /** What arrivals link to and is no arrival itself is a row already. */
  private void findHeldAlready(List<Arrival> arrivals, List<Root> added, List<Lease> begun) {
    Set<Digest> named = new HashSet<>();
    for (Arrival arrival : arrivals) {
      arrival.document().ifPresent(doc -> doc.links().forEach(link -> named.add(link.digest())));
    }
    added.forEach(root -> named.add(root.digest()));
    begun.forEach(lease -> named.addAll(lease.digests()));
    named.removeAll(ids.keySet());
    contents.findDigests(named).forEach(content -> ids.put(content.digest(), content.id()));
  }

  private List<EdgeKey> outdated(List<Arrival> arrivals) {
    Map<Long, Set<String>> wanted = new HashMap<>();
    for (Arrival arrival : arrivals) {
      Set<String> links = new HashSet<>();
      arrival
          .document()
          .ifPresent(doc -> doc.links().forEach(l -> links.add(l.role() + " " + l.digest())));
      wanted.put(id(arrival.digest()), links);
    }
    List<EdgeKey> outdated = new ArrayList<>();
    for (EdgeTable.Held edge : edges.heldBy(wanted.keySet())) {
      boolean asked =
          wanted
              .getOrDefault(edge.holderId(), Set.of())
              .contains(edge.role() + " " + edge.content().digest());
      if (edge.role() != Role.REFERRER && !asked) {
        outdated.add(edge.key());
      }
    }
    return outdated;
  }

  /** Edges from a subject to its referrers, whichever of the two has come now. */
  private void linkReferrers(List<Arrival> arrivals) {
    for (Arrival arrival : arrivals) {
      Optional<Digest> subject = arrival.document().flatMap(Document::subject);
      if (subject.isPresent()) {
        tags.setSubjectOfUntagged(id(arrival.digest()), subject.get().toString());
        contents
            .find(subject.get())
            .filter(known -> known.refCount() > 0 || ids.containsKey(known.digest()))
            .filter(known -> known.state() == Content.State.PRESENT)
            .ifPresent(known -> counts.addReferrer(known.id(), id(arrival.digest())));
      }
    }
    List<Digest> here =
        arrivals.stream()
            .filter(arrival -> arrival.form() != Form.ABSENT)
            .map(Arrival::digest)
            .toList();
    for (ContentTable.Referrer referrer : contents.referrersOf(here)) {
      Content content = referrer.content();
      if (content.refCount() > 0 || ids.containsKey(content.digest())) {
        counts.addReferrer(id(referrer.subject()), content.id());
      }
    }
  }

  private void addRoots(List<Root> added) {
    List<Counts.NewRoot> fresh = new ArrayList<>();
    for (Root root : added) {
      long content = id(root.digest());
      Optional<LedgerRoot> known = tags.find(root.key());
      if (known.isPresent()) {
        tags.setStamp(known.get().id(), root.stamp());
      } else {
        fresh.add(new Counts.NewRoot(root, content, subjectOf(root, content)));
      }
    }
    counts.addRoots(fresh.stream().distinct().toList());
  }

  private String subjectOf(Root root, long content) {
    if (!root.name().isEmpty()) {
      return RefName.fallbackSubject(root.name()).map(Digest::toString).orElse("");
    }
    return handle
        .sql("SELECT subject FROM referrer WHERE content_id = :id")
        .bind("id", content)
        .map(rs -> rs.getString(1))
        .findOne()
        .orElse("");
  }

  /**
   * A root that speaks of a subject is weak if the subject is here and would stay held without that
   * root. Decided for new roots, and for old ones whose subject has come.
   */
  private void decideWeakness(List<Arrival> arrivals, List<Root> added) {
    List<LedgerRoot> speaking =
        new ArrayList<>(tags.speakingOf(arrivals.stream().map(Arrival::digest).toList()));
    for (Root root : added) {
      if (root.name().isEmpty() || RefName.fallbackSubject(root.name()).isPresent()) {
        tags.find(root.key()).filter(r -> !r.subject().isEmpty()).ifPresent(speaking::add);
      }
    }
    for (LedgerRoot root : speaking) {
      Optional<Content> subject = Digest.parse(root.subject()).flatMap(contents::find);
      boolean here =
          subject.isPresent()
              && subject.get().refCount() > 0
              && subject.get().state() == Content.State.PRESENT;
      if (here && !root.weak() && staysWithout(root, subject.get())) {
        tags.setWeak(root, true);
      }
    }
  }

  private boolean staysWithout(LedgerRoot root, Content subject) {
    PlanRequest request = PlanRequest.dropping(List.of(root), PlanRequest.Weak.FOLLOW);
    return new Planner(handle, request)
        .plan().dying().stream().noneMatch(dying -> dying.id() == subject.id());
  }
}
