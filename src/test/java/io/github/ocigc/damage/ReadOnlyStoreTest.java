package io.github.ocigc.damage;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ocigc.fixture.Item;
import io.github.ocigc.fixture.LayoutFixture;
import io.github.ocigc.fixture.Program;
import io.github.ocigc.fixture.StoreFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store that cannot be written answers questions, and says why it does nothing else. */
class ReadOnlyStoreTest {
  @TempDir Path folder;
  private Path root;
  private Item app;

  private void makeStore() {
    root = folder.resolve("store");
    LayoutFixture store = new LayoutFixture(root);
    LayoutFixture.Image base = store.image("base").layers(1);
    base.tag();
    app = store.image("app").sharing(base).layers(2).tag();
  }

  private interface Body {
    void run() throws IOException;
  }

  /** By a mount as root; by permissions as anybody else, whom the kernel lets no further. */
  private void whileReadOnly(Body before, Body body) throws IOException {
    if (SmallDisk.canBeMade()) {
      try (SmallDisk disk = SmallDisk.mount(folder, 8192)) {
        makeStore();
        before.run();
        disk.readOnly();
        body.run();
        disk.writable();
      }
    } else {
      makeStore();
      before.run();
      List<Path> folders = List.of(root, root.resolve(".ocigc"));
      for (Path path : folders) {
        if (Files.exists(path)) {
          Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("r-xr-xr-x"));
        }
      }
      try {
        body.run();
      } finally {
        for (Path path : folders) {
          if (Files.exists(path)) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
          }
        }
      }
    }
  }

  private void answersQuestions() {
    Untouched program = new Untouched(root);
    assertThat(program.leavesAlone("ls").out()).contains("app").contains("base");
    List<String[]> questions =
        List.of(
            new String[] {"du"},
            new String[] {"why", app.digest()},
            new String[] {"tree", "app"},
            new String[] {"check"},
            new String[] {"history"},
            new String[] {"sql", "SELECT COUNT(*) FROM content"},
            new String[] {"prune", "--dry-run", "--orphans", "--older-than", "0s"});
    for (String[] question : questions) {
      Program.Run run = program.leavesAlone(question);
      assertThat(run.exitCode()).as(String.join(" ", question) + run.err()).isZero();
    }
    assertThat(new Program(root).done("delete", "--dry-run", "app").path("freed_blobs").asInt())
        .isEqualTo(4);
  }

  private void changesNothing() {
    Untouched program = new Untouched(root);
    List<String[]> verbs =
        List.of(
            new String[] {"delete", "app"},
            new String[] {"untag", "app"},
            new String[] {"tag", "app", "app2"},
            new String[] {"prune"});
    for (String[] verb : verbs) {
      assertThat(program.refuses(1, verb))
          .contains(root.toString())
          .contains("cannot be written")
          .contains(verb[0])
          .contains("did nothing");
    }
    program.refuses(1, "reconcile");
  }

  @Test
  void withALedger() throws IOException {
    whileReadOnly(
        () -> new Program(root).done("ls"),
        () -> {
          byte[] ledger = Files.readAllBytes(root.resolve(".ocigc/ledger.mv.db"));
          answersQuestions();
          changesNothing();
          assertThat(root.resolve(".ocigc/ledger.mv.db")).hasBinaryContent(ledger);
        });
  }

  @Test
  void withoutALedger() throws IOException {
    whileReadOnly(
        () -> {},
        () -> {
          assertThat(new Program(root).text("ls").err()).contains("without keeping it");
          answersQuestions();
          changesNothing();
          assertThat(root.resolve(".ocigc")).doesNotExist();
        });
  }

  @Test
  void withALedgerThatIsBehind() throws IOException {
    whileReadOnly(
        () -> {
          new Program(root).done("ls");
          LayoutFixture store = reopened();
          store.image("newer").layers(1).tag();
        },
        () -> {
          assertThat(new Program(root).text("ls").out()).contains("newer");
          answersQuestions();
          changesNothing();
        });
  }

  private LayoutFixture reopened() throws IOException {
    String index = Files.readString(root.resolve("index.json"));
    LayoutFixture store = new LayoutFixture(root);
    StoreFiles.overwrite(root.resolve("index.json"), index);
    return store.reread();
  }
}
