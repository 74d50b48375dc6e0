package io.github.ocigc.transfer;

import io.github.ocigc.fixture.Item;
import io.github.ocigc.fixture.KraftFixture;
import io.github.ocigc.fixture.LayoutFixture;
import io.github.ocigc.fixture.Program;
import io.github.ocigc.fixture.Shelf;
import io.github.ocigc.oci.Platform;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;

/** A store and a transfer into or out of it. */
enum Crossing {
  PULL(Crossing::layout, shelf -> pull(shelf, "new", "new")),
  PULL_WITH_REFERRERS(Crossing::layout, shelf -> pull(shelf, "signed", "new", "--referrers")),
  PULL_INDEX(Crossing::layout, shelf -> pull(shelf, "multi", "new", "--all-platforms")),
  PULL_MOVING_A_TAG(Crossing::layout, shelf -> pull(shelf, "new", "old")),
  FIRST_PULL(root -> {}, shelf -> pull(shelf, "new", "new")),
  KRAFT_PULL(Crossing::kraft, shelf -> pull(shelf, "unikernel", "new:1")),
  KRAFT_PULL_MOVING_A_TAG(Crossing::kraft, shelf -> pull(shelf, "unikernel", "old:1")),
  PUSH(
      Crossing::layout,
      shelf -> List.of("push", "old", shelf.registry().name() + "/pushed:" + System.nanoTime())),
  IMPORT(Crossing::layout, shelf -> List.of("import", shelf.layout().root().toString(), "multi"));

  private final Consumer<Path> store;
  private final Function<Shelf, List<String>> command;

  Crossing(Consumer<Path> store, Function<Shelf, List<String>> command) {
    this.store = store;
    this.command = command;
  }

  String[] command(Shelf shelf) {
    return command.apply(shelf).toArray(String[]::new);
  }

  /** Always the same store, in this folder. */
  void makeStore(Path root) {
    store.accept(root);
  }

  /** What there is to be pulled: every image has the layer {@code base}, as the stores do. */
  static Shelf shelf(Path folder) {
    Shelf shelf = new Shelf(folder);
    LayoutFixture layout = shelf.layout();
    Item base = layout.layer("base");
    layout.image("new").layer(base).layers(2).tag();
    Item signed = layout.image("signed").layer(base).layers(1).tag();
    layout.image("signature").subject(signed).layers(1).item();
    Item amd = layout.image("amd").layer(base).layers(1).item();
    Item arm = layout.image("arm").layer(base).layers(1).item();
    layout.tag(layout.platforms(List.of("linux/amd64", "linux/arm64"), List.of(amd, arm)), "multi");
    String here = "qemu/" + Platform.ofThisMachine().architecture();
    Item unikernel = layout.image("qemu").layer(base).layers(1).item();
    layout.tag(layout.platforms(List.of(here, "fc/x86_64"), List.of(unikernel, amd)), "unikernel");
    return shelf.publish();
  }

  private static List<String> pull(Shelf shelf, String tag, String name, String... more) {
    List<String> words = new java.util.ArrayList<>(List.of("pull", shelf.reference(tag)));
    words.addAll(List.of("--name", name));
    words.addAll(List.of(more));
    return words;
  }

  private static void layout(Path root) {
    LayoutFixture store = new LayoutFixture(root);
    Item base = store.layer("base");
    store.image("old").layer(base).layers(2).tag();
    store.image("other").layer(base).tag();
    new Program(root).done("ls");
  }

  private static void kraft(Path root) {
    KraftFixture store = new KraftFixture(root);
    Item base = store.layer("base");
    Map<String, Item> platforms = new TreeMap<>();
    platforms.put("fc/x86_64", store.manifest("old", base, store.layer("rootfs")));
    store.tag(store.index("old:1", platforms), "old:1");
    new Program(root).done("ls");
  }
}
