package io.github.ocigc.random;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ocigc.engine.Delete;
import io.github.ocigc.engine.DeleteOptions;
import io.github.ocigc.engine.DeleteReport;
import io.github.ocigc.engine.OpenStore;
import io.github.ocigc.engine.Options;
import io.github.ocigc.engine.Prune;
import io.github.ocigc.engine.Reconcile;
import io.github.ocigc.fixture.IndependentMark;
import io.github.ocigc.fixture.LayoutFixture;
import io.github.ocigc.fixture.Program;
import io.github.ocigc.fixture.SecondOpinion;
import io.github.ocigc.fixture.Trees;
import io.github.ocigc.oci.OcigcException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Any graph, and another tool that changes it at random between our commands. */
final class SharedWithOthersTest {
  private static final int GRAPHS = 100;

  @TempDir Path folder;

  @Test
  void nothingReachableIsEverMissing() {
    Seeds.forEach(GRAPHS, this::trial);
  }

  private void trial(long seed, boolean thorough) throws Exception {
    Random random = new Random(seed);
    Path root = Files.createDirectories(folder.resolve("s" + seed)).resolve("store");
    RandomLayout store = new RandomLayout(root, random).fill();
    OtherTool other = new OtherTool(store, random);
    for (int i = 0; i < 5; i++) {
      delete(root, random);
      other.work();
    }
    if (thorough) {
      Program program = new Program(root);
      program.done("ls");
      program.assertEqualsRebuilt();
    } else {
      new Reconcile(root, Options.DEFAULT).run(false);
    }
    try (SecondOpinion opinion = SecondOpinion.before(root);
        OpenStore open = open(root)) {
      new Prune(open).run(true, Duration.ZERO, false);
      opinion.assertNothingLost();
      assertThat(LayoutFixture.blobs(root)).isEqualTo(IndependentMark.reachable(root));
    }
    Trees.remove(folder.resolve("s" + seed));
  }

  private static OpenStore open(Path root) {
    return OpenStore.open(root, "test", OpenStore.Access.WRITE, Options.DEFAULT);
  }

  private static void delete(Path root, Random random) {
    String graph = Sketch.of(root);
    String target = "";
    try (SecondOpinion opinion = SecondOpinion.before(root);
        OpenStore open = open(root)) {
      List<String> targets =
          open.ledger().view().usages().stream().map(r -> r.key().toString()).distinct().toList();
      if (!targets.isEmpty()) {
        target = targets.get(random.nextInt(targets.size()));
        DeleteReport report = new Delete(open).run(List.of(target), DeleteOptions.PLAIN);
        report.freed().stream()
            .map(blob -> blob.digest().toString())
            .filter(target::equals)
            .forEach(opinion::except);
      }
      opinion.assertNothingLost();
      assertThat(open.ledger().view().select("SELECT * FROM count_drift").rows()).isEmpty();
    } catch (OcigcException | AssertionError e) {
      throw new AssertionError("deleting " + target + " in\n" + graph, e);
    }
  }
}
