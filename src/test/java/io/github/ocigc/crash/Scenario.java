package io.github.ocigc.crash;

import io.github.ocigc.fixture.Item;
import io.github.ocigc.fixture.KraftFixture;
import io.github.ocigc.fixture.LayoutFixture;
import io.github.ocigc.fixture.Program;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** A store and a command that changes it. */
enum Scenario {
  DELETE_ONE(Scenario::layout, "delete", "app"),
  DELETE_SEVERAL(Scenario::layout, "delete", "base", "ci/*"),
  DELETE_KEEPING_REFERRERS(Scenario::layout, "delete", "--keep-referrers", "signed"),
  DELETE_WITH_REFERRERS(Scenario::layout, "delete", "signed"),
  DELETE_PLATFORM(Scenario::layout, "delete", "--platform", "linux/arm64", "multi"),
  PRUNE(Scenario::layout, "prune", "--orphans", "--older-than", "0s"),
  TAG(Scenario::layout, "tag", "app", "app-again"),
  TAG_MOVE(Scenario::layout, "tag", "--move", "app", "ci/one"),
  UNTAG(Scenario::layout, "untag", "app"),
  FIRST_RECONCILE(Scenario::layoutWithoutLedger, "reconcile"),
  FIRST_TAG(Scenario::layoutWithoutLedger, "tag", "app", "app-again"),
  KRAFT_DELETE(Scenario::kraft, "delete", "unikraft.org/nginx:1.25"),
  KRAFT_DELETE_SEVERAL(Scenario::kraft, "delete", "unikraft.org/*"),
  KRAFT_DELETE_PLATFORM(Scenario::kraft, "delete", "--platform", "fc/x86_64", "redis:7"),
  KRAFT_PRUNE(Scenario::kraft, "prune", "--orphans", "--older-than", "0s"),
  KRAFT_TAG(Scenario::kraft, "tag", "redis:7", "redis:newest"),
  KRAFT_UNTAG(Scenario::kraft, "untag", "redis:latest");

  private final Consumer<Path> store;
  private final List<String> command;

  Scenario(Consumer<Path> store, String... command) {
    this.store = store;
    this.command = List.of(command);
  }

  String[] command() {
    return command.toArray(String[]::new);
  }

  /** Commands that do a part of this: where roots go one by one, a crash may leave just that. */
  List<String[]> parts() {
    return this == KRAFT_DELETE_SEVERAL
        ? List.of(
            new String[] {"delete", "unikraft.org/nginx:1.25"},
            new String[] {"delete", "unikraft.org/base:latest"})
        : List.of();
  }

  /** True if the command takes away what a document on disk still names. */
  boolean cuts() {
    return command.contains("--platform");
  }

  /** Always the same store, in this folder. */
  void makeStore(Path root) {
    store.accept(root);
  }

  private static void layout(Path root) {
    layoutWithoutLedger(root);
    new Program(root).done("ls");
  }

  private static void layoutWithoutLedger(Path root) {
    LayoutFixture store = new LayoutFixture(root);
    LayoutFixture.Image base = store.image("base").layers(2);
    base.tag();
    store.image("app").sharing(base).layers(2).tag();
    store.image("ci/one").sharing(base).tag();
    store.image("ci/two").sharing(base).tag();
    Item signed = store.image("signed").sharing(base).layers(1).tag();
    store.image("signature").subject(signed).layers(1).untagged();
    Item cosign = store.image("cosign").layers(1).item();
    store.tag(cosign, signed.digest().replace(':', '-') + ".sig");
    Item amd = store.image("amd").layers(1).item();
    Item arm = store.image("arm").layers(1).item();
    store.tag(store.platforms(List.of("linux/amd64", "linux/arm64"), List.of(amd, arm)), "multi");
    store.layer("an orphan");
    store.image("an orphaned image").layers(1).item();
  }

  private static void kraft(Path root) {
    KraftFixture store = new KraftFixture(root);
    Item kernel = store.layer("kernel");
    Item rootfs = store.layer("nginx rootfs");
    Item nginx = store.manifest("nginx", kernel, rootfs);
    store.tag(
        store.index("unikraft.org/nginx:1.25", Map.of("qemu/x86_64", nginx)),
        "unikraft.org/nginx:1.25");
    Item base = store.manifest("base", kernel);
    store.tag(
        store.index("unikraft.org/base:latest", Map.of("qemu/x86_64", base)),
        "unikraft.org/base:latest");
    Map<String, Item> platforms = new TreeMap<>();
    platforms.put("qemu/x86_64", store.manifest("redis qemu", kernel, store.layer("redis")));
    platforms.put("fc/x86_64", store.manifest("redis fc", kernel, store.layer("redis fc")));
    Item redis = store.index("redis:7", platforms);
    store.tag(redis, "redis:7").tag(redis, "redis:latest");
    store.layer("an orphan");
    new Program(root).done("ls");
  }
}
