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
import io.github.ocigc.oci.Digest;
import io.github.ocigc.store.Store;
import io.github.ocigc.store.StoreLock;
import io.github.ocigc.store.Transfer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Any graph, with transfers that begin and end at random between deletes, and hold anything. */
final class LeasedGraphTest {
  private static final int GRAPHS = 120;

  @TempDir Path folder;

  @Test
  void whatTransfersHoldStaysUntilTheyEndAndThenGoesIfADeleteDroppedIt() {
    Seeds.forEach(GRAPHS, (seed, thorough) -> new Trial(seed, thorough, false).run());
  }

  @Test
  void nothingHeldIsLostWhenAnotherToolIsAtWorkToo() {
    Seeds.forEach(GRAPHS / 2, (seed, thorough) -> new Trial(seed, thorough, true).run());
  }

  private record Lease(Transfer transfer, Set<String> digests) {}

  private final class Trial {
    private final Random random;
    private final boolean thorough;
    private final boolean withOthers;
    private final Path root;
    private final RandomLayout layout;
    private final List<Lease> leases = new ArrayList<>();

    Trial(long seed, boolean thorough, boolean withOthers) throws Exception {
      this.random = new Random(seed);
      this.thorough = thorough;
      this.withOthers = withOthers;
      this.root = Files.createDirectories(folder.resolve("l" + withOthers + seed)).resolve("s");
      this.layout = new RandomLayout(root, random).fill();
    }

    void run() throws Exception {
      OtherTool other = new OtherTool(layout, random);
      StringBuilder story = new StringBuilder(Sketch.of(root));
      try (SecondOpinion opinion = SecondOpinion.before(root)) {
        for (int i = 0; i < 8; i++) {
          Set<String> before = LayoutFixture.blobs(root);
          switch (random.nextInt(withOthers ? 5 : 3)) {
            case 0 -> story.append(begin());
            case 1 -> story.append(end());
            case 2 -> story.append(delete(opinion));
            default -> {
              other.work();
              story.append("other\n");
            }
          }
          Set<String> held = new TreeSet<>(IndependentMark.reachable(root, leased()));
          assertThat(LayoutFixture.blobs(root)).as("held, " + story).containsAll(held);
          before.retainAll(leased());
          assertThat(LayoutFixture.blobs(root)).as("leased, " + story).containsAll(before);
        }
        if (thorough) {
          Program program = new Program(root);
          program.done("du"); // unlike ls, it wants to know of files that came without a root
          program.assertEqualsRebuilt();
        }
        while (!leases.isEmpty()) {
          story.append(end());
        }
        atRest(opinion, story);
      }
      Trees.remove(root.getParent());
    }

    private void atRest(SecondOpinion opinion, StringBuilder story) {
      new Program(root).done("ls");
      if (withOthers) {
        new Reconcile(root, Options.DEFAULT).run(false);
        try (OpenStore open = open()) {
          new Prune(open).run(true, Duration.ZERO, false);
        }
        assertThat(LayoutFixture.blobs(root))
            .as(story.toString())
            .isEqualTo(IndependentMark.reachable(root));
      } else if (!thorough) { // a rebuilt ledger does not know what a delete has dropped
        try {
          opinion.assertExact();
        } catch (AssertionError e) {
          throw new AssertionError(story.toString(), e);
        }
      }
      new Program(root).assertCountsHold();
      assertThat(new Program(root).sql("SELECT * FROM lease")).isEmpty();
      assertThat(new Program(root).sql("SELECT * FROM deferred")).isEmpty();
    }

    private OpenStore open() {
      return OpenStore.open(root, "test", OpenStore.Access.WRITE, Options.DEFAULT);
    }

    private Set<String> leased() {
      Set<String> leased = new TreeSet<>();
      leases.forEach(lease -> leased.addAll(lease.digests()));
      return leased;
    }

    private String begin() {
      List<String> all = new ArrayList<>(LayoutFixture.blobs(root));
      layout.documents.forEach(item -> all.add(item.digest()));
      Set<String> chosen = new TreeSet<>();
      for (int i = random.nextInt(4); i >= 0 && !all.isEmpty(); i--) {
        chosen.add(all.get(random.nextInt(all.size())));
      }
      Store store = Store.open(root, Store.DEFAULT_MANIFEST_LIMIT_BYTES);
      try (StoreLock lock = StoreLock.take(store.paths(), "test", Duration.ofSeconds(9), h -> {})) {
        Transfer transfer = store.transfers().begin("test");
        transfer.hold(chosen.stream().map(d -> Digest.parse(d).orElseThrow()).toList());
        leases.add(new Lease(transfer, chosen));
      }
      if (random.nextInt(4) > 0) {
        new Program(root).done("ls");
      }
      return "begin " + chosen + "\n";
    }

    private String end() {
      if (leases.isEmpty()) {
        return "";
      }
      Lease lease = leases.remove(random.nextInt(leases.size()));
      lease.transfer().close();
      new Program(root).done("ls");
      return "end " + lease.digests() + "\n";
    }

    private String delete(SecondOpinion opinion) {
      try (OpenStore open = open()) {
        List<String> targets =
            open.ledger().view().usages().stream().map(r -> r.key().toString()).distinct().toList();
        if (targets.isEmpty()) {
          return "";
        }
        String target = targets.get(random.nextInt(targets.size()));
        DeleteReport plan =
            new Delete(open)
                .run(List.of(target), new DeleteOptions(true, false, java.util.Optional.empty()));
        DeleteReport report = new Delete(open).run(List.of(target), DeleteOptions.PLAIN);
        assertThat(report.freed()).isEqualTo(plan.freed());
        assertThat(report.deferred()).isEqualTo(plan.deferred());
        report.freed().stream()
            .map(blob -> blob.digest().toString())
            .filter(target::equals)
            .forEach(opinion::except);
        return "delete " + target + "\n";
      }
    }
  }
}
