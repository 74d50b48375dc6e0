package io.github.ocigc.engine;

import io.github.ocigc.ledger.LedgerRoot;
import io.github.ocigc.ledger.LedgerView;
import io.github.ocigc.oci.Digest;
import io.github.ocigc.oci.RootKey;
import io.github.ocigc.store.RootChange;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which roots come and go when images get their names. A name that stood for something else is
 * taken from it; that stays as an untagged root where the store has such, and is held by nothing
 * where it has not: it is never deleted here.
 */
final class Naming {
  private final OpenStore open;
  private final LedgerView view;
  private final Set<RootKey> drop = new LinkedHashSet<>();
  private final List<RootChange.Addition> add = new ArrayList<>();
  private final Map<String, Digest> replaced = new HashMap<>();

  Naming(OpenStore open, Collection<Image.Entry> entries) {
    this.open = open;
    this.view = open.ledger().view();
    entries.stream().distinct().forEach(this::name);
  }

  RootChange change() {
    return new RootChange(List.copyOf(drop), add);
  }

  /** What the names stood for before that now stand for something else. */
  Map<String, Digest> replaced() {
    return Map.copyOf(replaced);
  }

  private void name(Image.Entry entry) {
    List<LedgerRoot> own =
        view.content(entry.descriptor().digest()).map(view::rootsOf).orElse(List.of());
    boolean named = own.stream().anyMatch(root -> root.key().name().equals(entry.name()));
    if (named || (entry.name().isEmpty() && !own.isEmpty())) {
      return;
    }
    add.add(
        new RootChange.Addition(
            entry.name(),
            entry.descriptor().digest(),
            entry.descriptor().mediaType(),
            entry.descriptor().sizeBytes()));
    if (!entry.name().isEmpty()) {
      own.stream().map(LedgerRoot::key).filter(key -> !key.tagged()).forEach(drop::add);
      view.rootsNamed(entry.name()).forEach(this::takeNameFrom);
    }
  }

  private void takeNameFrom(LedgerRoot old) {
    drop.add(old.key());
    replaced.putIfAbsent(old.key().name(), old.content().digest());
    if (open.store().keepsUntaggedRoots() && !view.heldBesides(old)) {
      add.add(
          new RootChange.Addition(
              "", old.content().digest(), old.mediaType(), old.content().sizeBytes()));
    }
  }
}
