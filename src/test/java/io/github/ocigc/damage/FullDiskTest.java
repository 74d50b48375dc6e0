package io.github.ocigc.damage;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ocigc.fixture.IndependentMark;
import io.github.ocigc.fixture.LayoutFixture;
import io.github.ocigc.fixture.Program;
import io.github.ocigc.fixture.Rest;
import io.github.ocigc.fixture.StoreFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No space left, at any moment of a delete: nothing is lost, and it works once there is space. */
class FullDiskTest {
  private static final int STEP = 4096;

  @TempDir Path folder;

  /** So little space that the delete fails somewhere: a little more of it each time. */
  @Test
  void aDeleteThatRunsOutOfSpaceCanBeRepeated() throws IOException {
    if (!SmallDisk.canBeMade()) {
      rootsThatCannotBeWritten();
      return;
    }
    int failures = 0;
    for (int pages = 0; pages <= 40; pages += 2) {
      try (SmallDisk disk = SmallDisk.mount(folder, 4096)) {
        failures += deleteWith(disk, (long) pages * STEP) ? 0 : 1;
      }
    }
    assertThat(failures).isPositive();
  }

  private boolean deleteWith(SmallDisk disk, long free) throws IOException {
    Path root = folder.resolve("store");
    makeStore(root);
    new Program(root).done("ls");
    Set<String> before = new TreeSet<>(LayoutFixture.blobs(root));
    disk.fill(folder.resolve("filler"), free);

    Program.Run run = new Program(root).text("delete", "app");

    String where = free + " bytes free: " + run.exitCode() + " " + run.err();
    assertThat(run.err()).as(where).doesNotContain("should not have happened");
    if (run.exitCode() != 0) {
      assertThat(run.exitCode()).as(where).isEqualTo(1);
      assertThat(run.err()).as(where).containsIgnoringCase("space");
    }
    assertThat(LayoutFixture.blobs(root)).as(where).containsAll(IndependentMark.reachable(root));
    Files.delete(folder.resolve("filler"));

    new Program(root).done("ls");

    if (StoreFiles.names(root).contains("app")) {
      assertThat(LayoutFixture.blobs(root)).as(where).isEqualTo(before);
      new Program(root).done("delete", "app");
    }
    assertThat(LayoutFixture.blobs(root)).as(where).isEqualTo(IndependentMark.reachable(root));
    Rest.assertSound(root);
    return run.exitCode() == 0;
  }

  @Test
  void aFirstCommandThatRunsOutOfSpaceCanBeRepeated() throws IOException {
    if (!SmallDisk.canBeMade()) {
      rootsThatCannotBeWritten();
      return;
    }
    int failures = 0;
    for (int pages = 0; pages <= 40; pages += 4) {
      try (SmallDisk disk = SmallDisk.mount(folder, 4096)) {
        Path root = folder.resolve("store");
        makeStore(root);
        disk.fill(folder.resolve("filler"), (long) pages * STEP);
        Program.Run run = new Program(root).text("delete", "app");
        String where = pages + " pages free: " + run.exitCode() + " " + run.err();
        assertThat(run.err()).as(where).doesNotContain("should not have happened");
        failures += run.exitCode() == 0 ? 0 : 1;
        assertThat(LayoutFixture.blobs(root))
            .as(where)
            .containsAll(IndependentMark.reachable(root));
        Files.delete(folder.resolve("filler"));
        new Program(root).done("ls");
        Rest.assertSound(root);
      }
    }
    assertThat(failures).isPositive();
  }

  /** For those who cannot mount: the rewrite of the roots fails for want of permission. */
  private void rootsThatCannotBeWritten() throws IOException {
    Path root = folder.resolve("store");
    makeStore(root);
    new Program(root).done("ls");
    Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("r-xr-xr-x"));
    try {
      new Untouched(root).refuses(1, "delete", "app");
    } finally {
      Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    new Program(root).done("delete", "app");
    Rest.assertSound(root);
  }

  private static void makeStore(Path root) {
    LayoutFixture store = new LayoutFixture(root);
    LayoutFixture.Image base = store.image("base").layers(1);
    base.tag();
    store.image("app").sharing(base).layers(4).tag();
    for (int i = 0; i < 20; i++) {
      store.image("image" + i).sharing(base).tag();
    }
  }
}
