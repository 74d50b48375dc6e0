package io.github.ocigc.engine;

import io.github.ocigc.ledger.Content;
import io.github.ocigc.ledger.LedgerRoot;
import io.github.ocigc.ledger.LedgerView;
import io.github.ocigc.oci.RootKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which of the contents whose names go to others no root reaches any more. That something holds
 * them does not keep them: it may be reached by these names alone, as where an index has its own
 * child for a subject, and so they hold each other.
 */
final class NamesTaken {
  private final LedgerView view;
  private final List<LedgerRoot> going;
  private final Set<RootKey> keys;
  private final Set<Long> rooted;

  /**
   * Begins with what is known.
   *
   * @param named contents that get a root by the same change
   */
  NamesTaken(LedgerView view, Collection<LedgerRoot> going, Collection<Content> named) {
    this.view = view;
    this.going = List.copyOf(going);
    this.keys = going.stream().map(LedgerRoot::key).collect(Collectors.toSet());
    this.rooted = named.stream().map(Content::id).collect(Collectors.toCollection(HashSet::new));
  }

  /** Of these roots, one for each content that is to become an untagged root. */
  List<LedgerRoot> unreached() {
    List<LedgerRoot> unreached = new ArrayList<>();
    for (LedgerRoot root : going) {
      if (!isNamedBesides(root) && (root.weak() || !isReached(root))) {
        unreached.add(root);
        rooted.add(root.content().id());
      }
    }
    return unreached;
  }

  private boolean isNamedBesides(LedgerRoot root) {
    return rooted.contains(root.content().id())
        || view.rootsOf(root.content()).stream().anyMatch(other -> !keys.contains(other.key()));
  }

  private boolean isReached(LedgerRoot root) {
    Ways ways = new Ways(view, root.content(), 2 * (going.size() + 1)); // half of them are found
    return ways.roots().stream().anyMatch(key -> !keys.contains(key))
        || ways.contents().stream().anyMatch(rooted::contains);
  }
}
