package io.github.ocigc.engine;

import io.github.ocigc.ledger.Content;
import io.github.ocigc.ledger.LedgerRoot;
import io.github.ocigc.ledger.LedgerView;
import io.github.ocigc.oci.RootKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The ways from roots down to one content, climbed from below by ids alone, since a base layer may
 * have a hundred thousand of them and few are looked at. What they lead through is read when asked
 * for. The shortest ways come first.
 */
public final class Ways {
  private final LedgerView view;
  private final Content to;
  private final Map<Long, LedgerView.Link> down = new HashMap<>();
  private final List<LedgerView.Naming> roots = new ArrayList<>();

  Ways(LedgerView view, Content to) {
    this.view = view;
    this.to = to;
    Collection<Long> level = List.of(to.id());
    while (!level.isEmpty()) {
      level = climb(level);
    }
  }

  /** Returns what holds these and was not seen before. */
  private List<Long> climb(Collection<Long> level) {
    List<Long> subjects = new ArrayList<>();
    for (LedgerView.Naming naming : view.naming(level)) {
      if (naming.weak()) {
        subjects.add(naming.contentId());
      } else {
        roots.add(naming);
      }
    }
    List<LedgerView.Link> links = new ArrayList<>(view.holders(level));
    links.addAll(view.subjects(subjects));
    List<Long> next = new ArrayList<>();
    for (LedgerView.Link link : links) {
      if (link.holderId() != to.id() && down.putIfAbsent(link.holderId(), link) == null) {
        next.add(link.holderId());
      }
    }
    return next;
  }

  /** How many roots keep the content. */
  public int count() {
    return roots.size();
  }

  /** The rows of the content and of all that is above it. */
  Set<Long> contents() {
    Set<Long> contents = new HashSet<>(down.keySet());
    contents.add(to.id());
    return contents;
  }

  /** A way from a root down to the content. */
  public record Way(LedgerRoot root, List<Step> steps) {}

  /** One edge of a way, and what it holds. */
  public record Step(String role, Content content) {}

  /** One way for each root, for so many of them. */
  public List<Way> first(int limit) {
    List<LedgerRoot> first =
        view.roots(roots.stream().limit(limit).map(LedgerView.Naming::rootId).toList());
    Set<Long> onTheWay = new HashSet<>();
    first.forEach(root -> links(root).forEach(link -> onTheWay.add(link.heldId())));
    Map<Long, Content> contents = view.contents(onTheWay);
    return first.stream()
        .map(
            root ->
                new Way(
                    root,
                    links(root).stream()
                        .map(
                            link ->
                                new Step(
                                    link.role().label(),
                                    Objects.requireNonNull(contents.get(link.heldId()))))
                        .toList()))
        .toList();
  }

  private List<LedgerView.Link> links(LedgerRoot root) {
    List<LedgerView.Link> links = new ArrayList<>();
    long at = root.content().id();
    while (at != to.id()) {
      LedgerView.Link link = down.get(at);
      if (link == null) {
        throw new IllegalStateException(
            "no way from " + root.content().digest() + " to " + to.digest());
      }
      links.add(link);
      at = link.heldId();
    }
    return Collections.unmodifiableList(links);
  }

  /** The roots that keep the content, in no particular order. */
  public List<RootKey> roots() {
    return view.rootKeys(roots.stream().map(LedgerView.Naming::rootId).toList());
  }
}
