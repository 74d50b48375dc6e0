package io.github.ocigc.ledger;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.Page;
import org.h2.mvstore.Page.PageReference;
import org.h2.mvstore.RootReference;
import org.h2.mvstore.type.DataType;
import org.jspecify.annotations.Nullable;

/**
 * A map of the storage engine that is filled from its beginning to its end: a B-tree made from its
 * leaves up, each page once. The engine's own way copies a leaf and all nodes above it for every
 * entry; its maps for a single writer do not, but mark their pages as never to be moved.
 *
 * <p>To be filled by one thread, which then calls {@link #finish}. Others may commit meanwhile.
 */
final class BulkMap<K, V> extends MVMap<K, V> {
  /** Entries of a leaf. */
  private static final int LEAF = 24;

  /** Children of a node, and the most of a node that is not whole yet. */
  private static final int NODE = 40;

  /** Leaves between two times that a root is put over all pages, so that they can be written. */
  private static final int ROOTED_AFTER = 128;

  private final List<Level> levels = new ArrayList<>();

  /** The nodes that the next root replaces; null while the root is the one of the empty map. */
  private @Nullable List<Page<K, V>> spine;

  private Page<K, V> leaf = createEmptyLeaf();
  private int leaves;

  /** How {@link MVStore#openMap} makes one. */
  static final class Builder<K, V> extends MVMap.BasicBuilder<BulkMap<K, V>, K, V> {
    Builder(DataType<? super K> keys, DataType<? super V> values) {
      setKeyType(keys);
      setValueType(values);
    }

    @Override
    protected BulkMap<K, V> create(Map<String, Object> config) {
      return new BulkMap<>(config, getKeyType(), getValueType());
    }
  }

  private BulkMap(Map<String, Object> config, DataType<K> keys, DataType<V> values) {
    super(config, keys, values);
  }

  /** Adds an entry; its key is greater than all before. */
  void add(K key, V value) {
    leaf.insertLeaf(leaf.getKeyCount(), key, value);
    if (leaf.getKeyCount() == LEAF) {
      close(leaf);
      leaf = createEmptyLeaf();
      if (++leaves % ROOTED_AFTER == 0) {
        root();
      }
    }
  }

  /** Puts what is there under the map's root. */
  void finish() {
    if (leaf.getKeyCount() > 0) {
      close(leaf);
      leaf = createEmptyLeaf();
    }
    if (!levels.isEmpty()) {
      root();
    }
  }

  /** A root over everything, to be replaced when there is more; the one before has gone then. */
  private void root() {
    List<Page<K, V>> nodes = new ArrayList<>();
    Page<K, V> top = null;
    K first = null;
    for (Level level : levels) {
      if (top != null || level.children.size() > 1) {
        top = level.node(first, top);
        nodes.add(top);
      } else {
        top = level.last; // the only leaf of its node so far
      }
      first = level.first();
    }
    replace(requireNonNull(top));
    spine = nodes;
  }

  private void replace(Page<K, V> top) {
    beforeWrite();
    for (int attempt = 1; ; attempt++) {
      RootReference<K, V> before = getRoot();
      RootReference<K, V> locked = tryLock(before, attempt);
      if (locked != null) {
        try {
          int unsaved = 0;
          for (Page<K, V> page : spine == null ? List.of(locked.root) : spine) {
            unsaved += page.removePage(locked.version);
          }
          registerUnsavedMemory(unsaved);
        } finally {
          unlockRoot(top);
        }
        return;
      }
    }
  }

  private void close(Page<K, V> full) {
    registerUnsavedMemory(full.getMemory());
    add(0, full.getKey(0), full);
  }

  private void add(int height, K first, Page<K, V> page) {
    if (height == levels.size()) {
      levels.add(new Level());
    }
    Level level = levels.get(height);
    if (level.children.size() == NODE) {
      add(height + 1, level.first(), level.node(null, null));
      level.clear();
    }
    level.add(first, page);
  }

  /** The pages of one height, from the last node on that is whole. */
  private final class Level {
    private final List<K> firsts = new ArrayList<>();
    private final List<PageReference<K, V>> children = new ArrayList<>();
    private long entries;

    private @Nullable Page<K, V> last;

    void add(K first, Page<K, V> page) {
      last = page;
      firsts.add(first);
      children.add(new PageReference<>(page));
      entries += page.getTotalCount();
    }

    K first() {
      return firsts.get(0);
    }

    /**
     * A node of these pages and, behind them, of what is above the last page of the height below.
     */
    Page<K, V> node(@Nullable K nextFirst, @Nullable Page<K, V> next) {
      int count = children.size() + (next == null ? 0 : 1);
      K[] keys = getKeyType().createStorage(count - 1);
      PageReference<K, V>[] pages = Page.createRefStorage(count);
      long total = entries;
      for (int i = 0; i < children.size(); i++) {
        pages[i] = children.get(i);
        if (i > 0) {
          keys[i - 1] = firsts.get(i);
        }
      }
      if (next != null) {
        pages[count - 1] = new PageReference<>(next);
        keys[count - 2] = requireNonNull(nextFirst);
        total += next.getTotalCount();
      }
      Page<K, V> node = Page.createNode(BulkMap.this, keys, pages, total, 0);
      registerUnsavedMemory(node.getMemory());
      return node;
    }

    void clear() {
      firsts.clear();
      children.clear();
      entries = 0;
    }
  }
}
