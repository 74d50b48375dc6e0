package io.github.ocigc.damage;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ocigc.fixture.LayoutFixture;
import io.github.ocigc.fixture.Program;
import io.github.ocigc.fixture.Rest;
import io.github.ocigc.fixture.StoreFiles;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An {@code index.json} that does not say what the store holds: nothing is done to the store. */
class BadIndexJsonTest {
  private static final List<String[]> COMMANDS =
      List.of(
          new String[] {"ls"},
          new String[] {"delete", "app"},
          new String[] {"prune", "--orphans", "--older-than", "0s"},
          new String[] {"reconcile"},
          new String[] {"tag", "app", "app2"});

  @TempDir Path folder;

  private interface Damage {
    void apply(Path indexJson) throws IOException;
  }

  private void refusesEverything(String reason, Damage damage) throws IOException {
    for (boolean withLedger : new boolean[] {false, true}) {
      Path root = folder.resolve("store-" + withLedger);
      LayoutFixture store = new LayoutFixture(root);
      store.image("app").layers(2).tag();
      store.image("other").layers(1).tag();
      if (withLedger) {
        new Program(root).done("ls");
      }
      byte[] good = Files.readAllBytes(root.resolve("index.json"));
      damage.apply(root.resolve("index.json"));
      for (String[] command : COMMANDS) {
        assertThat(new Untouched(root).refuses(4, command))
            .contains(root.resolve("index.json").toString())
            .contains(reason)
            .contains("nothing was removed");
      }
      assertThat(new Program(root).json("ls").json().path("error").path("code").asText())
          .isEqualTo("corrupt");
      restore(root.resolve("index.json"), good);
      assertThat(new Program(root).done("ls")).hasSize(2);
      Rest.assertSound(root);
    }
  }

  private static void restore(Path file, byte[] good) throws IOException {
    Files.delete(file);
    Files.write(file, good);
  }

  @Test
  void truncated() throws IOException {
    refusesEverything(
        "", file -> StoreFiles.overwrite(file, Files.readString(file).substring(0, 90)));
  }

  @Test
  void empty() throws IOException {
    refusesEverything("", file -> StoreFiles.overwrite(file, ""));
  }

  @Test
  void onlyBlanks() throws IOException {
    refusesEverything("", file -> StoreFiles.overwrite(file, " \n\n "));
  }

  @Test
  void aListInsteadOfAnObject() throws IOException {
    refusesEverything("not a JSON object", file -> StoreFiles.overwrite(file, "[]"));
  }

  @Test
  void manifestsThatAreNoList() throws IOException {
    refusesEverything("not an array", file -> StoreFiles.overwrite(file, "{\"manifests\":{}}"));
  }

  @Test
  void twoListsOfManifests() throws IOException {
    refusesEverything(
        "two members", file -> StoreFiles.overwrite(file, "{\"manifests\":[],\"manifests\":[]}"));
  }

  @Test
  void somethingBehindTheLastBrace() throws IOException {
    refusesEverything(
        "", file -> StoreFiles.overwrite(file, Files.readString(file) + "{\"manifests\":[]}"));
  }

  @Test
  void notUtf8() throws IOException {
    refusesEverything("", file -> Files.write(file, new byte[] {'{', '"', -1, -2, '"', ':', '1'}));
  }

  @Test
  void oneGibibyte() throws IOException {
    refusesEverything("1073741824 bytes", BadIndexJsonTest::makeHuge);
  }

  static void makeHuge(Path file) throws IOException {
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(1L << 30);
    }
  }

  @Test
  void deeplyNested() throws IOException {
    String deep = "{\"manifests\":[" + "[".repeat(100_000) + "]".repeat(100_000) + "]}";
    refusesEverything("", file -> StoreFiles.overwrite(file, deep));
  }

  @Test
  void deeplyNestedInAnotherMember() throws IOException {
    String deep = "{\"x\":" + "[".repeat(100_000) + "]".repeat(100_000) + ",\"manifests\":[]}";
    refusesEverything("", file -> StoreFiles.overwrite(file, deep));
  }

  @Test
  void aFolder() throws IOException {
    refusesEverything(
        "not a regular file",
        file -> {
          Files.delete(file);
          Files.createDirectory(file);
        });
  }

  @Test
  void aLinkToAnotherFile() throws IOException {
    refusesEverything(
        "not a regular file",
        file -> {
          Path outside = folder.resolve("outside.json");
          Files.deleteIfExists(outside);
          Files.move(file, outside);
          Files.createSymbolicLink(file, outside);
        });
  }

  @Test
  void missing() throws IOException {
    Path root = folder.resolve("store");
    LayoutFixture store = new LayoutFixture(root);
    store.image("app").layers(2).tag();
    new Program(root).done("ls");
    Files.delete(root.resolve("index.json"));
    for (String[] command : COMMANDS) {
      assertThat(new Untouched(root).refuses(4, command)).contains("it is missing");
    }
  }
}
