package io.github.ocigc.damage;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ocigc.fixture.LayoutFixture;
import io.github.ocigc.fixture.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders that are no store, or keep parts of one elsewhere. */
class NotAStoreTest {
  @TempDir Path folder;

  @Test
  void aMissingFolder() {
    Path missing = folder.resolve("missing");
    Program.Run run = new Program(missing).text("delete", "app");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains(missing + " does not exist").contains("--store");
    assertThat(missing).doesNotExist();
  }

  @Test
  void aFolderOfSomethingElse() throws IOException {
    Files.writeString(folder.resolve("letter.txt"), "dear");
    assertThat(new Untouched(folder).refuses(2, "ls")).contains(folder + " is not a store");
    assertThat(folder.resolve(".ocigc")).doesNotExist();
  }

  @Test
  void aFile() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "text");
    Program.Run run = new Program(file).text("ls");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains(file.toString());
  }

  @Test
  void blobsThatLieInAnotherStore() throws IOException {
    LayoutFixture store = store("store");
    Path elsewhere = folder.resolve("shared");
    Files.move(store.root().resolve("blobs"), elsewhere);
    Files.createSymbolicLink(store.root().resolve("blobs"), elsewhere);
    assertThat(new Untouched(store.root()).refuses(2, "delete", "app"))
        .contains("blobs is a symbolic link");
    assertThat(elsewhere.resolve("sha256").toFile().list()).hasSize(4);
  }

  @Test
  void anAlgorithmsFolderThatLiesInAnotherStore() throws IOException {
    LayoutFixture store = store("store");
    Path sha256 = store.root().resolve("blobs/sha256");
    Path elsewhere = folder.resolve("shared");
    Files.move(sha256, elsewhere);
    Files.createSymbolicLink(sha256, elsewhere);
    for (String verb : new String[] {"ls", "reconcile"}) {
      assertThat(new Untouched(store.root()).refuses(2, verb))
          .contains("blobs/sha256 is a symbolic link");
    }
    new Untouched(store.root()).refuses(2, "delete", "app");
    assertThat(elsewhere.toFile().list()).hasSize(4);
  }

  @Test
  void anAlgorithmsFolderThatMovedAwayAfterTheLedgerWasMade() throws IOException {
    LayoutFixture store = store("store");
    new Program(store.root()).done("ls");
    Path sha256 = store.root().resolve("blobs/sha256");
    Path elsewhere = folder.resolve("shared");
    Files.move(sha256, elsewhere);
    Files.createSymbolicLink(sha256, elsewhere);
    new Untouched(store.root()).refuses(2, "delete", "app");
    assertThat(elsewhere.toFile().list()).hasSize(4);
  }

  @Test
  void ourFolderAsALink() throws IOException {
    LayoutFixture store = store("store");
    Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
    Files.createSymbolicLink(store.root().resolve(".ocigc"), elsewhere);
    assertThat(new Untouched(store.root()).refuses(2, "delete", "app"))
        .contains(".ocigc is not a folder");
    assertThat(elsewhere).isEmptyDirectory();
  }

  @Test
  void ourFolderAsAFile() throws IOException {
    LayoutFixture store = store("store");
    Files.writeString(store.root().resolve(".ocigc"), "mine");
    assertThat(new Untouched(store.root()).refuses(2, "delete", "app"))
        .contains(".ocigc is not a folder");
    assertThat(store.root().resolve(".ocigc")).hasContent("mine");
  }

  @Test
  void ourFolderAsADanglingLink() throws IOException {
    LayoutFixture store = store("store");
    Files.createSymbolicLink(store.root().resolve(".ocigc"), folder.resolve("nowhere"));
    assertThat(new Untouched(store.root()).refuses(2, "delete", "app"))
        .contains(".ocigc is not a folder");
    assertThat(folder.resolve("nowhere")).doesNotExist();
  }

  @Test
  void theLockAsALink() throws IOException {
    LayoutFixture store = store("store");
    Path outside = Files.writeString(folder.resolve("outside"), "precious");
    Files.createDirectory(store.root().resolve(".ocigc"));
    Files.createSymbolicLink(store.root().resolve(".ocigc/lock"), outside);
    assertThat(new Untouched(store.root()).refuses(1, "delete", "app")).contains("lock");
    assertThat(outside).hasContent("precious");
  }

  @Test
  void aStoreReachedThroughALinkIsTheStore() throws IOException {
    LayoutFixture store = store("store");
    Path link = Files.createSymbolicLink(folder.resolve("link"), store.root());
    assertThat(new Program(link).done("ls")).hasSize(1);
    new Program(store.root()).done("delete", "app");
    assertThat(new Program(link).done("ls")).isEmpty();
  }

  private LayoutFixture store(String name) {
    LayoutFixture store = new LayoutFixture(folder.resolve(name));
    store.image("app").layers(2).tag();
    return store;
  }
}
