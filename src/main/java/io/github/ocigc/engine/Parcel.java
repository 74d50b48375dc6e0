package io.github.ocigc.engine;

import io.github.ocigc.ledger.Content;
import io.github.ocigc.ledger.LedgerRoot;
import io.github.ocigc.ledger.LedgerView;
import io.github.ocigc.oci.Digest;
import io.github.ocigc.oci.Form;
import io.github.ocigc.oci.OcigcException;
import io.github.ocigc.store.Store;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * An image of the store, with all that it holds, on its way out.
 *
 * @param name empty if it was meant by its digest
 * @param documents manifests and indexes, each after all that it holds, referrers after their
 *     subjects
 * @param blobs everything else, each once; but for layers that are not here and may not be given
 *     away, which are to be had elsewhere
 * @param referrers of the documents, those that speak of others
 * @param tagged names that speak of what is in it, such as cosign's; only with its referrers
 */
record Parcel(
    String name,
    Item root,
    List<Item> documents,
    List<Item> blobs,
    List<Item> referrers,
    List<LedgerRoot> tagged) {
  Parcel {
    documents = List.copyOf(documents);
    blobs = List.copyOf(blobs);
    referrers = List.copyOf(referrers);
    tagged = List.copyOf(tagged);
  }

  /** A content and what its holder calls it; the media type is empty if nobody says one. */
  record Item(Content content, String mediaType) {
    boolean here() {
      return content.state() != Content.State.ABSENT;
    }
  }

  /** The digests of all that is here. */
  Set<Digest> present() {
    Set<Digest> present = new LinkedHashSet<>();
    for (List<Item> items : List.of(documents, blobs)) {
      items.stream().filter(Item::here).forEach(item -> present.add(item.content().digest()));
    }
    return present;
  }

  /**
   * Collects what a person means.
   *
   * @param text a name, a short form or a digest, as everywhere
   * @throws OcigcException.NotFound if it is not here
   * @throws OcigcException.Damaged if a manifest among it cannot be read
   */
  static Parcel find(OpenStore open, String text, boolean referrers) {
    LedgerView view = open.ledger().view();
    References references = new References(view);
    Content content = references.content(text);
    if (content.state() == Content.State.ABSENT) {
      throw new OcigcException.NotFound(
          content.digest() + " is named by something and is not here. Pull it first.");
    }
    String name =
        references.byDigest(text).isPresent() ? "" : references.one(text).get(0).key().name();
    Item root = new Item(content, MediaType.of(open, content));
    return of(name, open.store(), view, root, referrers);
  }

  private static Parcel of(
      String name, Store store, LedgerView view, Item root, boolean referrers) {
    Collection<Item> roots = new ArrayList<>(List.of(root));
    Collector collector = new Collector(store, view, referrers);
    collector.collect(root);
    List<LedgerRoot> tagged = new ArrayList<>();
    for (LedgerRoot other : referrers ? collector.tagged() : List.<LedgerRoot>of()) {
      Item item = new Item(other.content(), other.mediaType());
      roots.add(item);
      tagged.add(other);
      collector.collect(item);
    }
    return new Parcel(
        name, root, collector.inOrder(roots), collector.blobs(), collector.referrers(), tagged);
  }

  /** One walk, a level of the graph a statement. */
  private static final class Collector {
    private final Store store;
    private final LedgerView view;
    private final boolean referrers;
    private final Map<Long, Item> documents = new LinkedHashMap<>();
    private final Map<Long, Item> blobs = new LinkedHashMap<>();
    private final Map<Long, List<Long>> first = new HashMap<>();
    private final Map<Long, List<Long>> after = new HashMap<>();

    Collector(Store store, LedgerView view, boolean referrers) {
      this.store = store;
      this.view = view;
      this.referrers = referrers;
    }

    void collect(Item root) {
      Set<Long> level = new LinkedHashSet<>();
      add(root, level);
      while (!level.isEmpty()) {
        List<LedgerView.Below> below = view.below(level);
        level = new LinkedHashSet<>();
        for (LedgerView.Below edge : below) {
          follow(edge, level);
        }
      }
    }

    private void follow(LedgerView.Below edge, Set<Long> next) {
      Item item = new Item(edge.content(), edge.mediaType());
      long id = edge.content().id();
      switch (edge.role()) {
        case CHILD -> {
          first.computeIfAbsent(edge.holderId(), h -> new ArrayList<>()).add(id);
          add(item, next);
        }
        case REFERRER -> {
          if (referrers) {
            after.computeIfAbsent(edge.holderId(), h -> new ArrayList<>()).add(id);
            add(item, next);
          }
        }
        case CONFIG, LAYER -> {
          if (item.here() || !ImageWalk.mayBeElsewhere(item.mediaType())) {
            blobs.putIfAbsent(id, item);
          }
        }
        case OTHER -> {
          if (item.here()) {
            blobs.putIfAbsent(id, item); // it may point anywhere; what is here comes along
          }
        }
        case DIFF_ID -> {} // a name for a layer's content, not a part of the image
      }
    }

    private void add(Item item, Set<Long> next) {
      if (documents.putIfAbsent(item.content().id(), item) == null && item.here()) {
        if (item.content().form() != Form.DOCUMENT) {
          throw new OcigcException.Damaged(
              store.blobs().explain(item.content().digest())
                  + ". What it holds is unknown, so it was not sent. Pull it again.");
        }
        next.add(item.content().id());
      }
    }

    List<LedgerRoot> tagged() {
      List<Digest> digests = documents.values().stream().map(i -> i.content().digest()).toList();
      return view.rootsSpeakingOf(digests).stream()
          .filter(root -> root.key().tagged() && root.weak())
          .toList();
    }

    List<Item> referrers() {
      return after.values().stream()
          .flatMap(List::stream)
          .distinct()
          .map(id -> Objects.requireNonNull(documents.get(id)))
          .filter(Item::here)
          .toList();
    }

    List<Item> blobs() {
      return blobs.values().stream()
          .filter(item -> !documents.containsKey(item.content().id()))
          .toList();
    }

    List<Item> inOrder(Collection<Item> roots) {
      Set<Long> placed = new LinkedHashSet<>();
      Set<Long> entered = new LinkedHashSet<>();
      roots.forEach(root -> place(root.content().id(), entered, placed));
      return placed.stream().map(id -> Objects.requireNonNull(documents.get(id))).toList();
    }

    /** Recursion is as deep as indexes are nested. */
    private void place(long id, Set<Long> entered, Set<Long> placed) {
      if (entered.add(id)) {
        first.getOrDefault(id, List.of()).forEach(child -> place(child, entered, placed));
        placed.add(id);
        after.getOrDefault(id, List.of()).forEach(referrer -> place(referrer, entered, placed));
      }
    }
  }
}
