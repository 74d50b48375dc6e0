package io.github.ocigc.damage;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ocigc.fixture.Item;
import io.github.ocigc.fixture.LayoutFixture;
import io.github.ocigc.fixture.Program;
import io.github.ocigc.fixture.Rest;
import io.github.ocigc.fixture.StoreFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A held manifest that cannot be read: what it holds is unknown, so no other reference is deleted;
 * its own reference can be, and then nothing is removed for it.
 */
class DamagedManifestTest {
  @TempDir Path folder;

  private interface Damage {
    void apply(Path manifest) throws IOException;
  }

  private void staysWhileItIsDamaged(String reason, Damage damage) throws IOException {
    for (boolean known : new boolean[] {false, true}) {
      LayoutFixture store = new LayoutFixture(folder.resolve("store-" + known));
      LayoutFixture.Image base = store.image("base").layers(1);
      base.tag();
      LayoutFixture.Image broken = store.image("broken").sharing(base).layers(2);
      Item manifest = broken.tag();
      store.image("other").sharing(base).layers(1).tag();
      if (known) {
        new Program(store.root()).done("ls");
      }
      damage.apply(store.file(manifest));
      if (known) {
        assertThat(new Untouched(store.root()).leavesAlone("reconcile").exitCode()).isEqualTo(1);
      }
      Untouched program = new Untouched(store.root());
      assertThat(program.refuses(4, "delete", "other"))
          .contains("blobs/sha256/" + manifest.digest().substring(7))
          .contains(reason)
          .contains("broken")
          .contains("nothing was removed");
      assertThat(program.refuses(4, "delete", "--dry-run", "other")).contains(reason);
      assertThat(program.refuses(4, "prune", "--orphans", "--older-than", "0s")).contains(reason);
      assertThat(program.leavesAlone("check").exitCode()).isEqualTo(1);
      assertThat(program.leavesAlone("ls").exitCode()).isZero();
      assertThat(program.leavesAlone("du").exitCode()).isZero();
      assertThat(program.leavesAlone("tree", "broken").exitCode()).isZero();
      assertThat(program.leavesAlone("why", manifest.digest()).exitCode()).isZero();

      itsOwnReferenceCanBeDropped(store, manifest);
    }
  }

  private static void itsOwnReferenceCanBeDropped(LayoutFixture store, Item manifest) {
    var blobs = java.util.Set.copyOf(everyBlobPath(store));
    Program.Run run = new Program(store.root()).json("delete", "broken");
    assertThat(run.exitCode()).as(run.out() + run.err()).isEqualTo(1);
    assertThat(run.json().path("spared").toString()).contains(manifest.digest());
    assertThat(run.freed()).isEmpty();
    assertThat(everyBlobPath(store)).isEqualTo(blobs);
    assertThat(StoreFiles.names(store.root())).containsExactly("base", "other");
    Rest.assertTidy(store.root());
    assertThat(new Program(store.root()).done("delete", "other").path("freed_blobs").asInt())
        .isEqualTo(3);
    Rest.assertTidy(store.root());
  }

  private static java.util.Set<String> everyBlobPath(LayoutFixture store) {
    return StoreFiles.everything(store.root().resolve("blobs")).keySet();
  }

  @Test
  void truncated() throws IOException {
    staysWhileItIsDamaged(
        "JSON", file -> StoreFiles.overwrite(file, Files.readString(file).substring(0, 200)));
  }

  @Test
  void empty() throws IOException {
    staysWhileItIsDamaged("is empty", file -> StoreFiles.overwrite(file, ""));
  }

  @Test
  void notJson() throws IOException {
    staysWhileItIsDamaged("JSON", file -> StoreFiles.overwrite(file, "<html>404</html>"));
  }

  @Test
  void fiveMebibytes() throws IOException {
    staysWhileItIsDamaged(
        "bytes; manifests are read up to",
        file -> {
          String manifest = Files.readString(file);
          StoreFiles.overwrite(file, manifest + " ".repeat(5 << 20));
        });
  }

  @Test
  void oneGibibyte() throws IOException {
    staysWhileItIsDamaged("manifests are read up to", BadIndexJsonTest::makeHuge);
  }

  @Test
  void oneGibibyteOfZeroes() throws IOException {
    staysWhileItIsDamaged(
        "JSON",
        file -> {
          Files.delete(file);
          BadIndexJsonTest.makeHuge(file);
        });
  }

  @Test
  void deeplyNested() throws IOException {
    staysWhileItIsDamaged(
        "nested",
        file ->
            StoreFiles.overwrite(
                file, "{\"x\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}"));
  }

  @Test
  void aFolderInItsPlace() throws IOException {
    staysWhileItIsDamaged(
        "not a regular file",
        file -> {
          Files.delete(file);
          Files.createDirectory(file);
        });
  }

  @Test
  void aLinkInItsPlace() throws IOException {
    staysWhileItIsDamaged(
        "not a regular file",
        file -> {
          Path outside = folder.resolve("outside");
          Files.deleteIfExists(outside);
          Files.move(file, outside);
          Files.createSymbolicLink(file, outside);
        });
  }

  @Test
  void aDanglingLinkInItsPlace() throws IOException {
    staysWhileItIsDamaged(
        "not a regular file",
        file -> {
          Files.delete(file);
          Files.createSymbolicLink(file, folder.resolve("nowhere"));
        });
  }

  @Test
  void aDigestOfWrongLength() throws IOException {
    staysWhileItIsDamaged(
        "not a sha256 or sha512 digest", file -> replaceLastDigest(file, "sha256:abc"));
  }

  @Test
  void aDigestInUpperCase() throws IOException {
    staysWhileItIsDamaged(
        "not a sha256 or sha512 digest",
        file -> replaceLastDigest(file, "sha256:" + "AB".repeat(32)));
  }

  @Test
  void aDigestOfAnUnknownAlgorithm() throws IOException {
    staysWhileItIsDamaged(
        "not a sha256 or sha512 digest",
        file -> replaceLastDigest(file, "blake3:" + "ab".repeat(32)));
  }

  @Test
  void aDigestThatLeavesTheStore() throws IOException {
    staysWhileItIsDamaged(
        "not a sha256 or sha512 digest",
        file -> replaceLastDigest(file, "sha256:../../../../etc/passwd"));
  }

  private static void replaceLastDigest(Path file, String digest) throws IOException {
    String text = Files.readString(file);
    int at = text.lastIndexOf("sha256:");
    StoreFiles.overwrite(file, text.substring(0, at) + digest + text.substring(at + 71));
  }
}
