package io.github.ocigc.random;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ocigc.engine.Delete;
import io.github.ocigc.engine.DeleteOptions;
import io.github.ocigc.engine.DeleteReport;
import io.github.ocigc.engine.Listing;
import io.github.ocigc.engine.OpenStore;
import io.github.ocigc.engine.Options;
import io.github.ocigc.fixture.LayoutFixture;
import io.github.ocigc.fixture.Program;
import io.github.ocigc.fixture.SecondOpinion;
import io.github.ocigc.fixture.Trees;
import io.github.ocigc.ledger.RootUsage;
import io.github.ocigc.oci.OcigcException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Any graph, deleted in any order, leaves exactly what the remaining roots reach. */
final class RandomGraphTest {
  private static final int GRAPHS = 800;

  @TempDir Path folder;

  @Test
  void anyGraphDeletedInAnyOrderLeavesExactlyWhatIsReachable() {
    Seeds.forEach(GRAPHS, (seed, thorough) -> trial(seed, thorough, 0));
  }

  @Test
  void referrersThatAreToStayBecomeRoots() {
    Seeds.forEach(GRAPHS / 8, (seed, thorough) -> trial(seed, thorough, 3));
  }

  private void trial(long seed, boolean thorough, int keptOfTen) throws Exception {
    Random random = new Random(seed);
    Path root = Files.createDirectories(folder.resolve("g" + seed)).resolve("store");
    LayoutFixture layout = new RandomLayout(root, random).fill().layout;
    int deletes = thorough ? random.nextInt(4) : Integer.MAX_VALUE;
    try (OpenStore open = open(root)) {
      List<String> targets = targets(open);
      for (int i = 0; i < deletes && !targets.isEmpty(); i++) {
        delete(open, layout, random, targets, random.nextInt(10) < keptOfTen);
        targets = targets(open);
      }
    }
    if (thorough) {
      aGlanceIsTheListing(root);
      new Program(root).assertEqualsRebuilt();
    }
    try (SecondOpinion last = SecondOpinion.before(root)) {
      last.assertExact();
    }
    Trees.remove(folder.resolve("g" + seed));
  }

  /** There may be none while something that is named is missing. */
  private static void aGlanceIsTheListing(Path root) {
    Optional<List<Listing.Line>> glance = Listing.glance(root, "test", Options.DEFAULT, List.of());
    try (OpenStore open = open(root)) {
      glance.ifPresent(lines -> assertThat(lines).isEqualTo(new Listing(open).run(List.of())));
    }
  }

  private static OpenStore open(Path root) {
    return OpenStore.open(root, "test", OpenStore.Access.WRITE, Options.DEFAULT);
  }

  private static List<String> targets(OpenStore open) {
    return open.ledger().view().usages().stream()
        .map(RootUsage::key)
        .map(key -> key.toString())
        .distinct()
        .toList();
  }

  private static void delete(
      OpenStore open,
      LayoutFixture layout,
      Random random,
      List<String> targets,
      boolean keepReferrers) {
    List<String> chosen = new ArrayList<>();
    do {
      chosen.add(targets.get(random.nextInt(targets.size())));
    } while (random.nextInt(5) == 0);
    Set<String> before = layout.blobs();
    String graph = Sketch.of(layout.root());
    try (SecondOpinion opinion = SecondOpinion.before(layout.root())) {
      DeleteReport plan = run(open, chosen, true, keepReferrers);
      assertThat(layout.blobs()).isEqualTo(before);
      DeleteReport done = run(open, chosen, false, keepReferrers);
      assertThat(done.freed()).isEqualTo(plan.freed());
      assertThat(done.referrersDropped()).isEqualTo(plan.referrersDropped());
      digests(done).stream().filter(chosen::contains).forEach(opinion::except);
      opinion.assertExact();
      Set<String> gone = new TreeSet<>(before);
      gone.removeAll(layout.blobs());
      assertThat(gone).isEqualTo(digests(done));
      assertThat(open.ledger().view().select("SELECT * FROM count_drift").rows()).isEmpty();
    } catch (OcigcException | AssertionError e) {
      throw new AssertionError(
          "deleting " + chosen + " keeping " + keepReferrers + " in\n" + graph, e);
    }
  }

  private static DeleteReport run(
      OpenStore open, List<String> chosen, boolean dryRun, boolean keepReferrers) {
    return new Delete(open).run(chosen, new DeleteOptions(dryRun, keepReferrers, Optional.empty()));
  }

  private static Set<String> digests(DeleteReport report) {
    Set<String> digests = new TreeSet<>();
    report.freed().forEach(blob -> digests.add(blob.digest().toString()));
    return digests;
  }
}
