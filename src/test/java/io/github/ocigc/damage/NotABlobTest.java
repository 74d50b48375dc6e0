package io.github.ocigc.damage;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ocigc.fixture.Item;
import io.github.ocigc.fixture.LayoutFixture;
import io.github.ocigc.fixture.Program;
import io.github.ocigc.fixture.Rest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Links and folders where a layer should be: never followed, never removed. */
class NotABlobTest {
  @TempDir Path folder;
  private LayoutFixture store;
  private Path layer;
  private Path outside;

  @BeforeEach
  void makeStore() throws IOException {
    store = new LayoutFixture(folder.resolve("store"));
    LayoutFixture.Image app = store.image("app").layers(2);
    app.tag();
    store.image("other").layers(1).tag();
    Item item = app.layers().get(0);
    layer = store.file(item);
    outside = folder.resolve("outside");
    Files.move(layer, outside);
  }

  private void isLeftAlone() throws IOException {
    Untouched program = new Untouched(store.root());
    assertThat(program.refuses(4, "delete", "app"))
        .contains(store.root().relativize(layer).toString())
        .contains("not a regular file")
        .contains("nothing was removed");
    program.refuses(4, "delete", "--dry-run", "app");
    assertThat(program.leavesAlone("prune", "--orphans", "--older-than", "0s").exitCode()).isZero();
    assertThat(program.leavesAlone("ls").exitCode()).isZero();

    assertThat(new Program(store.root()).done("delete", "other").path("freed_blobs").asInt())
        .isEqualTo(3);
    assertThat(outside).exists();
    Files.delete(layer);
    assertThat(new Program(store.root()).json("delete", "app").exitCode()).isZero();
    Rest.assertSound(store.root());
    assertThat(outside).exists();
  }

  @Test
  void aLinkToAFileOutside() throws IOException {
    Files.createSymbolicLink(layer, outside);
    isLeftAlone();
  }

  @Test
  void aLinkThatAppearedAfterTheLedgerWasMade() throws IOException {
    Files.copy(outside, layer);
    new Program(store.root()).done("ls");
    Files.delete(layer);
    Files.createSymbolicLink(layer, outside);
    isLeftAlone();
  }

  @Test
  void aDanglingLink() throws IOException {
    Files.createSymbolicLink(layer, folder.resolve("nowhere"));
    isLeftAlone();
  }

  @Test
  void aFolder() throws IOException {
    Files.createDirectory(layer);
    isLeftAlone();
  }

  @Test
  void aFolderNamedLikeABlobThatNothingHolds() throws IOException {
    Files.move(outside, layer);
    Files.writeString(outside, "x");
    Path strange = layer.resolveSibling("a".repeat(64));
    Files.createDirectory(strange);
    Files.writeString(strange.resolve("letter"), "dear");
    new Program(store.root()).done("prune", "--orphans", "--older-than", "0s");
    assertThat(strange.resolve("letter")).hasContent("dear");
    new Program(store.root()).done("delete", "app");
    assertThat(strange.resolve("letter")).hasContent("dear");
  }
}
