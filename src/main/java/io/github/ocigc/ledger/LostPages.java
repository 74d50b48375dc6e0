package io.github.ocigc.ledger;

import java.nio.ByteBuffer;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.FileStore;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.Page;
import org.h2.mvstore.SFChunk;
import org.h2.mvstore.SingleFileStore;
import org.h2.util.StringUtils;

/**
 * Pages that count as used and that nothing leads to. Once in some dozens of times that the
 * database empties chunks it replaces a page without noting that the old one is free. Nothing moves
 * or frees that page any more, so its chunk stays, up to two megabytes for some bytes: after three
 * thousand pulls and deletes a ledger of two megabytes was a file of a hundred and forty.
 *
 * <p>A chunk that only such pages keep has few of them, so they are looked for in those. A page is
 * lost if its chunk's list has it in use and the tree of its map, which is as it was read from the
 * disk, does not lead to it. What is in doubt is left: a map that was changed, and one that is no
 * table's or index's.
 */
final class LostPages {
  private static final int FEW = 16;
  private static final int BLOCK_BYTES = 4096;
  private static final String CHUNK = "chunk.";

  private final MVStore store;
  private final Map<Integer, MVMap<?, ?>> maps = new HashMap<>();

  private LostPages(Catalogue catalogue) {
    this.store = catalogue.store();
    for (MVMap<?, ?> map : catalogue.maps()) {
      maps.put(map.getId(), map);
    }
  }

  static LostPages of(Connection connection) {
    return new LostPages(Catalogue.of(connection));
  }

  /**
   * Has them count as free, which reaches the disk with the commits that follow; after a crash
   * before those they are lost as before. The map in which most may be lost is always gone through,
   * in a hundred milliseconds if it has a million entries; no other is begun after the limit.
   *
   * @param version that of the file when it was opened, well closed before. Nothing is done if the
   *     store has a newer one: what the database is yet to note as free would be noted twice.
   * @return how many there were
   */
  int free(long version, Duration limit) {
    if (store.getCurrentVersion() != version) {
      return 0;
    }
    long begun = System.nanoTime();
    FileStore<?> file = store.getFileStore();
    List<Map.Entry<Integer, Map<Long, Integer>>> suspects =
        new ArrayList<>(suspects(file).entrySet());
    suspects.sort((a, b) -> Integer.compare(b.getValue().size(), a.getValue().size()));
    int freed = 0;
    for (Map.Entry<Integer, Map<Long, Integer>> of : suspects) {
      MVMap<?, ?> map = maps.get(of.getKey());
      if (map != null && map.getRootPage().isSaved()) {
        Map<Long, Integer> pages = of.getValue();
        clear(map.getRootPage(), pages);
        pages.forEach(
            (position, number) -> file.accountForRemovedPage(position, version, false, number));
        freed += pages.size();
        if (System.nanoTime() - begun > limit.toNanos()) {
          break;
        }
      }
    }
    return freed;
  }

  /** By map, the positions of pages in nearly empty chunks, and their numbers in those. */
  private Map<Integer, Map<Long, Integer>> suspects(FileStore<?> file) {
    Map<Integer, Map<Long, Integer>> suspects = new HashMap<>();
    if (file instanceof SingleFileStore single) {
      store
          .getLayoutMap()
          .forEach(
              (key, chunk) -> {
                if (key.startsWith(CHUNK)) {
                  suspect(single, DataUtils.parseMap(chunk), suspects);
                }
              });
    }
    return suspects;
  }

  private static void suspect(
      SingleFileStore file, Map<String, String> chunk, Map<Integer, Map<Long, Integer>> suspects) {
    int pages = (int) DataUtils.readHexLong(chunk, "pages", 0);
    long used = DataUtils.readHexLong(chunk, "livePages", pages);
    long contents = DataUtils.readHexLong(chunk, "toc", 0);
    if (used == 0 || used > FEW || contents == 0) {
      return;
    }
    int id = (int) DataUtils.readHexLong(chunk, "chunk", 0);
    long at = DataUtils.readHexLong(chunk, "block", 0) * BLOCK_BYTES + contents;
    ByteBuffer list = file.readFully((SFChunk) null, at, pages * Long.BYTES);
    BitSet free =
        BitSet.valueOf(StringUtils.convertHexToBytes(chunk.getOrDefault("occupancy", "")));
    for (int page = free.nextClearBit(0); page < pages; page = free.nextClearBit(page + 1)) {
      long entry = list.getLong(page * Long.BYTES);
      suspects
          .computeIfAbsent(DataUtils.getPageMapId(entry), map -> new HashMap<>())
          .put(DataUtils.composePagePos(id, entry), page);
    }
  }

  /** Takes out the page and what it leads to. */
  private static void clear(Page<?, ?> page, Map<Long, Integer> suspects) {
    suspects.remove(page.getPos());
    if (!page.isLeaf()) {
      for (int i = 0; i < page.getRawChildPageCount() && !suspects.isEmpty(); i++) {
        long child = page.getChildPagePos(i);
        suspects.remove(child);
        if (!DataUtils.isLeafPosition(child)) {
          clear(page.getChildPage(i), suspects);
        }
      }
    }
  }
}
