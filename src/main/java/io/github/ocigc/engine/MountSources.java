package io.github.ocigc.engine;

import io.github.ocigc.ledger.Content;
import io.github.ocigc.ledger.LedgerView;
import io.github.ocigc.oci.Digest;
import io.github.ocigc.oci.Reference;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Where else a registry has a blob, as far as the ledger knows: repositories that an image with it
 * was pushed to, or pulled from under its own name. A registry mounts a blob from there
 * (distribution-spec 1.1, "Mounting a blob from another repository").
 */
final class MountSources {
  /** Each costs a request, and a registry that mounts from none of these hardly will from more. */
  private static final int TRIED = 2;

  private final Map<Digest, List<String>> repositories = new HashMap<>();

  static MountSources of(LedgerView view, Parcel parcel, Reference target) {
    MountSources sources = new MountSources();
    for (Parcel.Item blob : parcel.blobs()) {
      Set<String> known = new LinkedHashSet<>();
      known.addAll(view.repositoriesWith(blob.content(), target.registry()));
      known.addAll(pulledFrom(view, blob.content(), target.registry()));
      known.remove(target.repository());
      sources.repositories.put(blob.content().digest(), known.stream().limit(TRIED).toList());
    }
    return sources;
  }

  private static Set<String> pulledFrom(LedgerView view, Content content, String registry) {
    Set<String> repositories = new LinkedHashSet<>();
    for (String name : view.namesHolding(content, registry + "/")) {
      Reference.ifOne(name).map(Reference::repository).ifPresent(repositories::add);
    }
    return repositories;
  }

  List<String> of(Digest blob) {
    return repositories.getOrDefault(blob, List.of());
  }
}
