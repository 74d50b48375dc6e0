package io.github.ocigc.engine;

import io.github.ocigc.ledger.Content;
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
import java.util.Optional;
import java.util.Set;

/**
 * Which roots come and go when images get their names. A name that stood for something else is
 * taken from it; that stays as an untagged root where the store has such, and is held by nothing
 * where it has not: it is never deleted here.
 */
final class Naming {
  private final LedgerView view;
  private final List<Content> named = new ArrayList<>();
  private final List<LedgerRoot> taken = new ArrayList<>();
  private final Set<RootKey> drop = new LinkedHashSet<>();
  private final List<RootChange.Addition> add = new ArrayList<>();
  private final Map<String, Digest> replaced = new HashMap<>();

  Naming(OpenStore open, Collection<Image.Entry> entries) {
    this.view = open.ledger().view();
    entries.stream().distinct().forEach(this::name);
    if (open.store().keepsUntaggedRoots()) {
      new NamesTaken(view, taken, named)
          .unreached()
          .forEach(old -> add.add(NamesTaken.untagged(old)));
    }
  }

  RootChange change() {
    return new RootChange(List.copyOf(drop), add);
  }

  /** What the names stood for before that now stand for something else. */
  Map<String, Digest> replaced() {
    return Map.copyOf(replaced);
  }

  private void name(Image.Entry entry) {
    Optional<Content> content = view.content(entry.descriptor().digest());
    List<LedgerRoot> own = content.map(view::rootsOf).orElse(List.of());
    boolean known = own.stream().anyMatch(root -> root.key().name().equals(entry.name()));
    if (known || (entry.name().isEmpty() && !own.isEmpty())) {
      return;
    }
    content.ifPresent(named::add);
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
    taken.add(old);
    replaced.putIfAbsent(old.key().name(), old.content().digest());
  }
}
