package io.github.ocigc.engine;

import io.github.ocigc.ledger.LedgerRoot;
import io.github.ocigc.ledger.LedgerView;
import io.github.ocigc.oci.Digest;
import io.github.ocigc.oci.RootKey;
import io.github.ocigc.store.RootChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which roots come and go when an image gets its name. A name that stood for something else is
 * taken from it; that stays as an untagged root where the store has such, and is held by nothing
 * where it has not: it is never deleted here.
 *
 * @param replaced what the first name stood for before
 */
record Naming(RootChange change, Optional<Digest> replaced) {
  static Naming of(OpenStore open, List<Image.Entry> entries) {
    LedgerView view = open.ledger().view();
    List<RootKey> drop = new ArrayList<>();
    List<RootChange.Addition> add = new ArrayList<>();
    Optional<Digest> replaced = Optional.empty();
    for (Image.Entry entry : entries) {
      List<LedgerRoot> own =
          view.content(entry.descriptor().digest()).map(view::rootsOf).orElse(List.of());
      if (own.stream().anyMatch(root -> root.key().name().equals(entry.name()))
          || (entry.name().isEmpty() && !own.isEmpty())) {
        continue;
      }
      add.add(
          new RootChange.Addition(
              entry.name(),
              entry.descriptor().digest(),
              entry.descriptor().mediaType(),
              entry.descriptor().sizeBytes()));
      own.stream().map(LedgerRoot::key).filter(key -> !key.tagged()).forEach(drop::add);
      for (LedgerRoot old :
          entry.name().isEmpty() ? List.<LedgerRoot>of() : view.rootsNamed(entry.name())) {
        drop.add(old.key());
        replaced = replaced.or(() -> Optional.of(old.content().digest()));
        if (open.store().keepsUntaggedRoots() && !view.heldBesides(old)) {
          add.add(
              new RootChange.Addition(
                  "", old.content().digest(), old.mediaType(), old.content().sizeBytes()));
        }
      }
    }
    return new Naming(new RootChange(drop, add), replaced);
  }
}
