package io.github.ocigc.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.ocigc.fixture.LayoutFixture;
import io.github.ocigc.fixture.Program;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Several processes pull, push, import, tag and delete overlapping images at random, and are killed
 * at random. In rounds: after each all stop, one command runs, and the stores must be whole. {@code
 * -Docigc.soak=SECONDS} does it for longer, {@code -Docigc.processes=N} with more processes, {@code
 * -Docigc.stores=1} in one store; {@code -Docigc.seed=…} repeats the commands, as far as time can
 * be repeated.
 */
class TransferSoakTest {
  private static final long ROUND_MILLIS = 3000;

  private final long seconds = Long.getLong("ocigc.soak", 15);
  private final int processes = Integer.getInteger("ocigc.processes", 4);
  private final long seed = Long.getLong("ocigc.seed", System.nanoTime());
  private final Random random = new Random(seed);
  private final SoakTally tally = new SoakTally();
  private final List<Path> stores = new ArrayList<>();
  private final List<SoakWorker> workers = new ArrayList<>();
  private int rounds;

  @TempDir Path folder;

  @Test
  void nothingReachableIsLostAndNothingIsLeftOver() throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    ExecutorService threads = Executors.newFixedThreadPool(processes);
    try (SoakShelf shelf = new SoakShelf(folder.resolve("shelf"), random)) {
      for (int i = 0; i < Integer.getInteger("ocigc.stores", 2); i++) {
        stores.add(new LayoutFixture(folder.resolve("store-" + i)).root());
      }
      for (int i = 0; i < processes; i++) {
        workers.add(new SoakWorker(i, stores, shelf, tally, seed));
      }
      while (System.nanoTime() < end) {
        shelf.trouble(random);
        round(threads);
        verify();
      }
      removeEverything();
    } catch (Exception | AssertionError e) {
      throw new AssertionError(
          "seed " + seed + ", round " + rounds + "; before that:\n" + tally.recent(), e);
    } finally {
      workers.forEach(SoakWorker::close);
      threads.shutdownNow();
    }
    System.out.printf(
        "%d s of soak (seed %d): %d processes, %d stores, %d rounds, %d commands, %d killed: %s%n",
        seconds, seed, processes, stores.size(), rounds, tally.count(), tally.kills(), tally);
  }

  /** All work, some are killed; returns when none works any more. */
  private void round(ExecutorService threads) throws Exception {
    rounds++;
    long start = System.nanoTime();
    long until = start + TimeUnit.MILLISECONDS.toNanos(ROUND_MILLIS);
    List<Future<?>> working = new ArrayList<>();
    for (SoakWorker worker : workers) {
      working.add(threads.submit(() -> worker.work(until)));
    }
    for (int kill = random.nextInt(3); kill > 0; kill--) {
      TimeUnit.MILLISECONDS.sleep(random.nextInt((int) ROUND_MILLIS / 2));
      workers.get(random.nextInt(processes)).kill();
    }
    for (Future<?> work : working) {
      work.get(100, TimeUnit.SECONDS);
    }
    assertThat(tally.unexpected()).as("what no command may end with").isEmpty();
  }

  private void verify() {
    for (int i = 0; i < stores.size(); i++) {
      Path store = stores.get(i);
      new Program(store).done("ls");
      AfterTransfers.assertClean(store);
      for (SoakWorker worker : workers) {
        assertThat(worker.wrong(i, AfterTransfers.names(store))).as("names of a worker").isEmpty();
      }
      if (random.nextBoolean()) {
        deleteUntagged(new Program(store));
        AfterTransfers.assertClean(store);
      }
      if (random.nextInt(4) == 0) {
        AfterTransfers.assertCleanAndTrue(store);
      }
    }
  }

  /** What moved names left behind; else all would be here after a while, and nothing to pull. */
  private static void deleteUntagged(Program program) {
    for (JsonNode row : program.done("ls")) {
      if (row.path("reference").isNull()) {
        Program.Run delete = program.json("delete", row.path("digest").asText());
        assertThat(delete.exitCode()).as(delete.out()).isIn(0, 3); // gone with its subject
      }
    }
  }

  private void removeEverything() {
    for (Path store : stores) {
      Program program = new Program(store);
      for (JsonNode row : program.done("ls")) {
        String reference = row.path("reference").asText("");
        if (!reference.isEmpty()) {
          program.done("delete", reference);
        }
      }
      deleteUntagged(program);
      program.done("prune", "--orphans", "--older-than", "0s");
      assertThat(LayoutFixture.blobs(store)).isEmpty();
      AfterTransfers.assertCleanAndTrue(store);
    }
  }
}
