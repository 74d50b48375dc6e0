package io.github.ocigc.random;

import io.github.ocigc.fixture.IndependentMark;
import io.github.ocigc.fixture.Item;
import io.github.ocigc.fixture.LayoutFixture;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** Another tool that uses the same layout, takes no lock and tells nobody. */
final class OtherTool {
  private final RandomLayout store;
  private final LayoutFixture layout;
  private final Random random;
  private final Map<Item, byte[]> pulled = new LinkedHashMap<>();

  OtherTool(RandomLayout store, Random random) {
    this.store = store;
    this.layout = store.layout;
    this.random = random;
    remember();
  }

  /** What it can pull again, should it be missing one day. */
  private void remember() {
    for (Item item : store.documents) {
      if (Files.exists(layout.file(item)) && !pulled.containsKey(item)) {
        pulled.put(item, read(layout.file(item)));
      }
    }
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One deed. */
  void work() {
    layout.reread();
    switch (random.nextInt(7)) {
      case 0 -> push();
      case 1, 2 -> untag();
      case 3 -> store.addRoot();
      case 4 -> move();
      case 5 -> pullMissing();
      default -> reformat();
    }
    remember();
  }

  /** A new image that shares layers with the others. */
  private void push() {
    Item item = random.nextBoolean() ? store.manifest() : store.index();
    store.documents.add(item);
    layout.tag(item, "pushed" + random.nextInt(4));
  }

  private void untag() {
    List<String> names = names();
    if (!names.isEmpty()) {
      layout.untagElsewhere(names.get(random.nextInt(names.size())));
    }
  }

  private void move() {
    List<String> names = names();
    if (!names.isEmpty()) {
      String name = names.get(random.nextInt(names.size()));
      layout.untagElsewhere(name);
      layout.tag(store.documents.get(random.nextInt(store.documents.size())), name);
    }
  }

  /** The names of index.json; the empty one stands for all untagged entries. */
  private List<String> names() {
    return new ArrayList<>(Sketch.names(layout.root()));
  }

  /** A child that an index misses. */
  private void pullMissing() {
    Set<String> children =
        Sketch.childrenOf(layout.root(), IndependentMark.reachable(layout.root()));
    for (Map.Entry<Item, byte[]> entry : pulled.entrySet()) {
      Path file = layout.file(entry.getKey());
      if (children.contains(entry.getKey().digest()) && !Files.exists(file)) {
        write(file, entry.getValue());
        return;
      }
    }
  }

  private void reformat() {
    Path index = layout.root().resolve("index.json");
    String text = new String(read(index), StandardCharsets.UTF_8);
    write(index, text.replace("},{", "} ,\n {").getBytes(StandardCharsets.UTF_8));
  }

  private static void write(Path file, byte[] bytes) {
    try {
      Files.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
