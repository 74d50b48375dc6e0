package io.github.ocigc.engine;

import io.github.ocigc.ledger.Content;
import io.github.ocigc.ledger.LedgerRoot;
import io.github.ocigc.ledger.LedgerView;
import io.github.ocigc.oci.RootKey;
import io.github.ocigc.store.RootChange;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
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
    Map<LedgerRoot, Set<Long>> above = new LinkedHashMap<>();
    for (LedgerRoot root : going) {
      if (!isNamedBesides(root)) {
        aboveUnreached(root).ifPresent(contents -> above.put(root, contents));
      }
    }
    return holdersFirst(above).stream().filter(root -> becomesRoot(root, above)).toList();
  }

  /** How what is to stay without a name stands in the store's roots. */
  static RootChange.Addition untagged(LedgerRoot root) {
    return new RootChange.Addition(
        "", root.content().digest(), root.mediaType(), root.content().sizeBytes());
  }

  /** What stands above a content, and itself; empty if another root reaches it. */
  private Optional<Set<Long>> aboveUnreached(LedgerRoot root) {
    if (root.weak()) {
      return Optional.of(Set.of()); // its subject held it by this name
    }
    Ways ways = new Ways(view, root.content(), 2 * (going.size() + 1)); // half of them are found
    return keys.containsAll(ways.roots()) ? Optional.of(ways.contents()) : Optional.empty();
  }

  private boolean isNamedBesides(LedgerRoot root) {
    return view.rootsOf(root.content()).stream().anyMatch(other -> !keys.contains(other.key()));
  }

  private boolean becomesRoot(LedgerRoot root, Map<LedgerRoot, Set<Long>> above) {
    return Collections.disjoint(rooted, Objects.requireNonNull(above.get(root)))
        && rooted.add(root.content().id());
  }

  /** What holds another of these has fewer of them above itself. */
  private static List<LedgerRoot> holdersFirst(Map<LedgerRoot, Set<Long>> above) {
    Set<Long> all = above.keySet().stream().map(r -> r.content().id()).collect(Collectors.toSet());
    return above.keySet().stream()
        .sorted(
            Comparator.comparingLong(
                root ->
                    Objects.requireNonNull(above.get(root)).stream().filter(all::contains).count()))
        .toList();
  }
}
