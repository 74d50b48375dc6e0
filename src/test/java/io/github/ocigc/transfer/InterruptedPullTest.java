package io.github.ocigc.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ocigc.fixture.Child;
import io.github.ocigc.fixture.Gate;
import io.github.ocigc.fixture.Item;
import io.github.ocigc.fixture.LayoutFixture;
import io.github.ocigc.fixture.Program;
import io.github.ocigc.fixture.RegistryRequest;
import io.github.ocigc.fixture.Shelf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ctrl-C, or a kill, in the middle of a large layer. */
class InterruptedPullTest {
  private static final int SIZE = 5 << 20;
  private static final int HALF = 3 << 20;

  @TempDir Path folder;
  private Shelf shelf;
  private LayoutFixture store;
  private Program program;
  private Item large;
  private Gate gate;
  private Child pull;

  @BeforeEach
  void pullHalf() throws Exception {
    shelf = new Shelf(folder.resolve("shelf"));
    large = shelf.layer("large", SIZE);
    shelf.layout().image("app").layer(large).layers(1).tag();
    shelf.publish();
    gate = shelf.gate(large, HALF);
    store = new LayoutFixture(folder.resolve("store"));
    store.image("before").layers(1).tag();
    program = new Program(store.root());
    pull = Child.running(store.root(), "pull", shelf.reference("app"), "--name", "app");
    gate.awaitSomebody(1);
    for (int i = 0; i < 500 && halfBytes() < HALF - (1 << 18); i++) {
      Thread.sleep(10);
    }
  }

  @AfterEach
  void close() {
    pull.close();
    shelf.close();
  }

  /** Looks for the one file alone: the pull that is under way moves others while this looks. */
  private long halfBytes() throws IOException {
    Path own = store.root().resolve(".ocigc");
    String name = large.digest().replace(':', '-');
    long most = size(own.resolve("partial").resolve(name));
    if (Files.isDirectory(own.resolve("transfers"))) {
      try (Stream<Path> pulls = Files.list(own.resolve("transfers"))) {
        for (Path pull : pulls.toList()) {
          most = Math.max(most, size(pull.resolve(name)));
        }
      }
    }
    return most;
  }

  private static long size(Path file) throws IOException {
    try {
      return Files.size(file);
    } catch (NoSuchFileException gone) {
      return 0;
    }
  }

  private void assertGoesOn() throws IOException {
    program.done("ls");
    AfterTransfers.assertCleanAndTrue(store.root());
    assertThat(AfterTransfers.names(store.root())).containsExactly("before");
    long here = halfBytes();
    assertThat(here).isGreaterThan(HALF / 2).isLessThan(SIZE);
    gate.open();

    program.done("pull", shelf.reference("app"), "--name", "app");

    List<RegistryRequest> fetches =
        shelf.registry().requests("GET /v2/shelf/blobs/" + large.digest());
    assertThat(fetches).hasSize(2);
    assertThat(fetches.get(1).header("Range")).isEqualTo(Optional.of("bytes=" + here + "-"));
    assertThat(AfterTransfers.names(store.root())).containsExactlyInAnyOrder("before", "app");
    assertThat(store.root().resolve(".ocigc/partial")).doesNotExist();
    AfterTransfers.assertCleanAndTrue(store.root());
  }

  @Test
  void ctrlCLeavesWhatASecondPullGoesOnWith() throws IOException {
    assertThat(pull.interrupt()).isIn(130, 143);
    assertGoesOn();
  }

  @Test
  void aKillLeavesWhatASecondPullGoesOnWith() throws IOException {
    pull.kill();
    assertGoesOn();
  }

  @Test
  void whatIsHalfHereIsNoBlobAndNoOrphan() throws IOException {
    pull.interrupt();
    program.done("prune", "--orphans", "--older-than", "1h");
    assertThat(halfBytes()).isPositive();
    assertThat(program.done("check").path("findings").toString()).doesNotContain("stray_file");
    assertThat(store.blobs()).doesNotContain(large.digest());
    program.done("delete", "before");
    gate.open();
    program.done("pull", shelf.reference("app"), "--name", "app");
    AfterTransfers.assertCleanAndTrue(store.root());
  }

  @Test
  void aHalfThatIsDamagedIsFetchedAnew() throws IOException {
    pull.kill();
    program.done("ls");
    Path half = store.root().resolve(".ocigc/partial").resolve(large.digest().replace(':', '-'));
    byte[] bytes = Files.readAllBytes(half);
    bytes[1000] ^= 1;
    Files.write(half, bytes);
    gate.open();
    program.done("pull", shelf.reference("app"), "--name", "app");
    AfterTransfers.assertCleanAndTrue(store.root());
  }
}
