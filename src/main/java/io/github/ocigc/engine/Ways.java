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
 * for. The shortest ways come first; who looks at few need not have all of them found.
 */
public final class Ways {
  private final LedgerView view;
  private final Content to;
  private final Map<Long, LedgerView.Link> down = new HashMap<>();
  private final List<LedgerView.Naming> roots = new ArrayList<>();

  private final boolean all;

  /**
   * Finds ways.
   *
   * @param enough how many will do: where there are more, at least half as many are found
   */
  Ways(LedgerView view, Content to, int enough) {
    this.view = view;
    this.to = to;
    boolean complete = climb(enough);
    if (!complete && roots.size() < enough / 2) {
      down.clear();
      roots.clear();
      complete = climb(Integer.MAX_VALUE);
    }
    all = complete;
  }

  /** Returns whether nothing was left out. */
  private boolean climb(int enough) {
    boolean complete = true;
    Collection<Long> level = List.of(to.id());
    while (!level.isEmpty()) {
      if (roots.size() >= enough) {
        return false;
      }
      List<LedgerView.Link> links = above(level, enough);
      complete &= level.size() > 1 || links.size() < enough;
      level = unseen(links);
    }
    return complete;
  }

  /** What holds these, and if it is one of them, so many at most; roots are taken down. */
  private List<LedgerView.Link> above(Collection<Long> level, int enough) {
    List<Long> subjects = new ArrayList<>();
    for (LedgerView.Naming naming : view.naming(level)) {
      if (naming.weak()) {
        subjects.add(naming.contentId());
      } else {
        roots.add(naming);
      }
    }
    List<LedgerView.Link> links =
        new ArrayList<>(
            level.size() == 1
                ? view.holders(level.iterator().next(), enough)
                : view.holders(level));
    links.addAll(view.subjects(subjects));
    return links;
  }

  private List<Long> unseen(List<LedgerView.Link> links) {
    List<Long> next = new ArrayList<>();
    for (LedgerView.Link link : links) {
      if (link.holderId() != to.id() && down.putIfAbsent(link.holderId(), link) == null) {
        next.add(link.holderId());
      }
    }
    return next;
  }

  /** True if there are no more than {@link #count}. */
  public boolean all() {
    return all;
  }

  /** How many roots that keep the content were found. */
  public int count() {
    return roots.size();
  }

  /** The rows of the content and of what was found above it. */
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

  /** The roots found, in no particular order. */
  public List<RootKey> roots() {
    return view.rootKeys(roots.stream().map(LedgerView.Naming::rootId).toList());
  }
}
