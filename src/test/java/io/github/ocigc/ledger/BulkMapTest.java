package io.github.ocigc.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.type.LongDataType;
import org.h2.mvstore.type.StringDataType;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What was made from its leaves up is a map like any other to the storage engine, whose own
 * assertions are on in tests.
 */
final class BulkMapTest {
  @TempDir Path folder;

  private MVStore open() {
    return new MVStore.Builder()
        .fileName(folder.resolve("maps").toString())
        .autoCommitBufferSize(64)
        .open();
  }

  private static MVMap<Long, String> plain(MVStore store) {
    return store.openMap(
        "map",
        new MVMap.Builder<Long, String>()
            .keyType(LongDataType.INSTANCE)
            .valueType(StringDataType.INSTANCE));
  }

  /** Around a whole leaf of 24, a whole node of 40 of them, and 40 such nodes. */
  @ParameterizedTest
  @ValueSource(
      ints = {
        0, 1, 23, 24, 25, 48, 49, 936, 959, 960, 961, 984, 985, 1_920, 3_071, 3_072, 3_073, 38_399,
        38_400, 38_401, 38_424, 38_425, 50_000
      })
  void isReadSearchedAndEmptied(int entries) {
    fill(entries);
    try (MVStore store = open()) {
      store.setRetentionTime(0);
      MVMap<Long, String> map = plain(store);
      assertThat(map.sizeAsLong()).isEqualTo(entries);
      List<Long> keys = new ArrayList<>();
      map.keyIterator(null).forEachRemaining(keys::add);
      assertThat(keys).isEqualTo(LongStream.range(0, entries).mapToObj(i -> i * 2).toList());
      for (long i = 0; i < entries; i += 1 + entries / 500) {
        assertThat(map.get(i * 2)).isEqualTo(value(i));
        assertThat(map.get(i * 2 + 1)).isNull();
        assertThat(map.getKeyIndex(i * 2)).isEqualTo(i);
        assertThat(map.higherKey(i * 2 - 1)).isEqualTo(i * 2);
      }
      map.put(7L, "between");
      assertThat(map.sizeAsLong()).isEqualTo(entries + 1L);
      Collections.shuffle(keys, new Random(entries));
      for (Long key : keys) {
        assertThat(map.remove(key)).isEqualTo(value(key / 2));
      }
      assertThat(map.firstKey()).isEqualTo(map.lastKey()).isEqualTo(7L);
      for (int i = 0; i < 3; i++) {
        map.put(7L, "between " + i);
        store.commit(); // which accounts for what went in the commit before
      }
      assertThat(livePages(store)).isLessThan(20);
    }
  }

  private static long livePages(MVStore store) {
    return store.getLayoutMap().entrySet().stream()
        .filter(entry -> entry.getKey().startsWith("chunk."))
        .map(entry -> DataUtils.parseMap(entry.getValue()))
        .mapToLong(chunk -> Long.parseLong(chunk.getOrDefault("livePages", chunk.get("pages")), 16))
        .sum();
  }

  /** Else the pages could never be moved, and the file would never shrink. */
  @ParameterizedTest
  @ValueSource(ints = {1, 50_000})
  void noPageIsPinned(int entries) {
    fill(entries);
    try (MVStore store = open()) {
      Map<String, String> layout = store.getLayoutMap();
      assertThat(layout.values()).noneMatch(chunk -> chunk.contains("pin"));
    }
  }

  private void fill(int entries) {
    try (MVStore store = open()) {
      plain(store).put(-5L, "to be replaced");
      plain(store).clear();
      store.commit();
    }
    try (MVStore store = open()) {
      BulkMap<Long, String> map =
          store.openMap(
              "map", new BulkMap.Builder<>(LongDataType.INSTANCE, StringDataType.INSTANCE));
      for (long i = 0; i < entries; i++) {
        map.add(i * 2, value(i));
      }
      map.finish();
      store.commit();
    }
  }

  private static String value(long i) {
    return "value " + i;
  }
}
