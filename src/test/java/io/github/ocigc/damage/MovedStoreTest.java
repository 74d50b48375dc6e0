package io.github.ocigc.damage;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ocigc.fixture.IndependentMark;
import io.github.ocigc.fixture.Item;
import io.github.ocigc.fixture.KraftFixture;
import io.github.ocigc.fixture.LayoutFixture;
import io.github.ocigc.fixture.Program;
import io.github.ocigc.fixture.Rest;
import io.github.ocigc.fixture.StoreFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store under another path is the same store; a copy is another one. */
class MovedStoreTest {
  @TempDir Path folder;

  private LayoutFixture layout(String name) {
    LayoutFixture store = new LayoutFixture(folder.resolve(name));
    LayoutFixture.Image base = store.image("base").layers(1);
    base.tag();
    store.image("app").sharing(base).layers(1).tag();
    new Program(store.root()).done("ls");
    return store;
  }

  private Path copy(Path from, String name) throws Exception {
    Path to = folder.resolve(name);
    Process cp = new ProcessBuilder("cp", "-a", from.toString(), to.toString()).start();
    assertThat(cp.waitFor()).isZero();
    return to;
  }

  @Test
  void aMovedLayoutSaysSoOnceAndKeepsItsHistory() throws IOException {
    LayoutFixture store = layout("old");
    new Program(store.root()).done("untag", "base");
    Path moved = Files.move(store.root(), folder.resolve("new"));
    Program.Run first = new Program(moved).text("ls");
    assertThat(first.err()).contains(store.root().toString()).contains("moved");
    assertThat(new Program(moved).text("ls").err()).isEmpty();
    assertThat(new Program(moved).done("history").findValuesAsText("action")).contains("untag");
    new Program(moved).done("delete", "app");
    assertThat(LayoutFixture.blobs(moved)).isEqualTo(IndependentMark.reachable(moved));
    Rest.assertSound(moved);
  }

  @Test
  void aCopyBuildsItsOwnLedger() throws Exception {
    LayoutFixture store = layout("store");
    Path copy = copy(store.root(), "copy");
    Map<String, String> original = StoreFiles.everything(store.root());
    Program.Run first = new Program(copy).text("ls");
    assertThat(first.err()).contains("copy").contains(store.root().toString());
    assertThat(new Program(copy).text("ls").err()).isEmpty();
    new Program(copy).done("delete", "app");
    Rest.assertSound(copy);
    assertThat(StoreFiles.everything(store.root())).isEqualTo(original);
    Rest.assertSound(store.root());
  }

  @Test
  void aCopyThatChangedBeforeItsFirstCommandIsReadAsItIs() throws Exception {
    LayoutFixture store = layout("store");
    Path copy = copy(store.root(), "copy");
    LayoutFixture changed = reopened(copy);
    LayoutFixture.Image sharing = changed.image("newer").layers(1);
    sharing.layer(new Item(LayoutFixture.LAYER, appsOwnLayer(store), 1)).tag();
    new Program(copy).done("delete", "app");
    assertThat(LayoutFixture.blobs(copy)).isEqualTo(IndependentMark.reachable(copy));
    assertThat(LayoutFixture.blobs(copy)).contains(appsOwnLayer(store));
  }

  @Test
  void aCopyWithADeadDeletesLedgerDeletesNothingByItself() throws Exception {
    LayoutFixture store = layout("store");
    try (var child = io.github.ocigc.fixture.Child.dyingAt(2, store.root(), "delete", "app")) {
      assertThat(child.exitCode()).isEqualTo(137);
    }
    Path copy = copy(store.root(), "copy");
    Map<String, String> before = StoreFiles.everything(copy);
    new Program(copy).done("ls");
    assertThat(StoreFiles.everything(copy)).isEqualTo(before);
    Rest.assertSound(copy);
  }

  @Test
  void hardLinkedCopiesLoseNothingOfEachOther() throws Exception {
    LayoutFixture store = layout("store");
    Path copy = folder.resolve("copy");
    Process cp = new ProcessBuilder("cp", "-al", store.root().toString(), copy.toString()).start();
    assertThat(cp.waitFor()).isZero();
    Map<String, String> before = StoreFiles.everything(store.root());
    assertThat(new Program(copy).json("delete", "app").exitCode()).isZero();
    assertThat(StoreFiles.everything(store.root())).isEqualTo(before);
    Rest.assertSound(store.root());
  }

  @Test
  void aMovedKraftKitStoreKeepsItsLinks() throws IOException {
    KraftFixture store = new KraftFixture(folder.resolve("old"));
    Item kernel = store.layer("kernel");
    Item app = store.manifest("app", kernel, store.layer("app"));
    Item other = store.manifest("other", kernel);
    store.tag(store.index("app:1", Map.of("qemu/x86_64", app)), "app:1");
    store.tag(store.index("other:1", Map.of("qemu/x86_64", other)), "other:1");
    new Program(store.root()).done("ls");
    Path moved = Files.move(store.root(), folder.resolve("new"));
    assertThat(new Program(moved).text("ls").err()).contains("moved");
    assertThat(new Program(moved).done("delete", "app:1").path("freed_blobs").asInt()).isEqualTo(4);
    assertThat(LayoutFixture.blobs(moved)).contains(kernel.digest()).hasSize(4);
    Rest.assertSound(moved);
  }

  private static String appsOwnLayer(LayoutFixture store) {
    return new Program(store.root())
        .sql(
            """
            SELECT held.digest AS digest
            FROM tag
            JOIN edge ON edge.holder_id = tag.content_id
            JOIN content AS held ON held.id = edge.held_id
            WHERE tag.name = 'app' AND edge.role = 'layer' AND held.ref_count = 1
            """)
        .get(0)
        .path("digest")
        .asText();
  }

  private static LayoutFixture reopened(Path root) throws IOException {
    String index = Files.readString(root.resolve("index.json"));
    LayoutFixture store = new LayoutFixture(root);
    StoreFiles.overwrite(root.resolve("index.json"), index);
    return store.reread();
  }
}
