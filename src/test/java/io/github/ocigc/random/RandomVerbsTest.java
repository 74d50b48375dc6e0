package io.github.ocigc.random;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ocigc.fixture.IndependentMark;
import io.github.ocigc.fixture.LayoutFixture;
import io.github.ocigc.fixture.Program;
import io.github.ocigc.fixture.SecondOpinion;
import io.github.ocigc.fixture.Trees;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Any graph, and commands that change it, one after the other as they come. */
final class RandomVerbsTest {
  private static final int WALKS = 20;
  private static final int STEPS = 10;

  @TempDir Path folder;

  @Test
  void whateverIsDoneNothingReachableIsLostAndTheLedgerIsAsARebuiltOne() {
    Seeds.forEach(WALKS, (seed, thorough) -> new Walk(seed, thorough, false).run());
  }

  @Test
  void norIfAnotherToolIsAtWorkToo() {
    Seeds.forEach(WALKS, (seed, thorough) -> new Walk(seed, thorough, true).run());
  }

  private final class Walk {
    private final Random random;
    private final boolean thorough;
    private final Path home;
    private final Path root;
    private final OtherTool other;
    private final boolean withOthers;
    private final Program program;
    private final StringBuilder story = new StringBuilder();
    private int imports;

    Walk(long seed, boolean thorough, boolean withOthers) throws Exception {
      this.random = new Random(seed);
      this.thorough = thorough;
      this.withOthers = withOthers;
      this.home = Files.createDirectories(folder.resolve("v" + withOthers + seed));
      this.root = home.resolve("store");
      this.other = new OtherTool(new RandomLayout(root, random).fill(), random);
      this.program = new Program(root);
    }

    void run() throws Exception {
      int compared = thorough ? random.nextInt(STEPS) : -1;
      try {
        for (int i = 0; i < STEPS; i++) {
          step();
          if (i == compared) {
            program.done("du"); // unlike ls, it wants to know of files that came without a root
            program.assertEqualsRebuilt();
          }
        }
        done("prune", "--orphans", "--older-than", "0s");
        assertThat(LayoutFixture.blobs(root)).isEqualTo(IndependentMark.reachable(root));
        program.assertEqualsRebuilt();
      } catch (AssertionError e) {
        throw new AssertionError(story.toString(), e);
      }
      Trees.remove(home);
    }

    private void step() {
      String graph = Sketch.of(root);
      int before = story.length();
      try (SecondOpinion opinion = SecondOpinion.before(root)) {
        switch (random.nextInt(withOthers ? 11 : 9)) {
          case 0, 1, 2, 3 -> delete(opinion);
          case 4, 5 -> tag();
          case 6 -> keepingAll("untag", name());
          case 7 -> bring();
          case 8 -> prune();
          default -> {
            other.work();
            story.append("another tool\n");
          }
        }
        opinion.assertNothingLost();
      } catch (AssertionError e) {
        story.insert(before, "in\n" + graph);
        throw e;
      }
      program.assertCountsHold();
    }

    private void delete(SecondOpinion opinion) {
      List<String> words = new ArrayList<>(List.of("delete"));
      if (random.nextInt(4) == 0) {
        words.add("--keep-referrers");
      }
      if (random.nextInt(4) == 0) {
        String name = name();
        String architecture = random.nextBoolean() ? "amd64" : "arm64";
        words.addAll(List.of("--platform", "linux/" + architecture, name));
        Sketch.childrenOnlyFor(root, name, architecture).forEach(opinion::cut);
      } else {
        do {
          words.add(reference());
        } while (random.nextInt(4) == 0);
      }
      Set<String> before = LayoutFixture.blobs(root);
      words.add("--dry-run");
      Program.Run plan = program.json(words.toArray(String[]::new));
      assertThat(LayoutFixture.blobs(root)).isEqualTo(before);
      words.remove("--dry-run");
      Program.Run run = said(words.toArray(String[]::new));
      assertThat(run.exitCode()).isEqualTo(plan.exitCode());
      Set<String> gone = new TreeSet<>(before);
      gone.removeAll(LayoutFixture.blobs(root));
      if (run.exitCode() == 0) {
        assertThat(run.freed()).isEqualTo(plan.freed());
        run.freed().stream().filter(words::contains).forEach(opinion::except);
        assertThat(gone).isEqualTo(new TreeSet<>(run.freed()));
      } else {
        assertThat(gone).isEmpty();
      }
    }

    private void tag() {
      String reference = random.nextInt(3) == 0 ? digest() : reference();
      String name =
          switch (random.nextInt(4)) {
            case 0 -> digest().replace(':', '-') + (random.nextBoolean() ? ".sig" : "");
            default -> "t" + random.nextInt(8);
          };
      if (random.nextBoolean()) {
        keepingAll("tag", reference, name);
      } else {
        keepingAll("tag", "--move", reference, name);
      }
    }

    /** What another layout has, some of it here already. */
    private void bring() {
      Path source = home.resolve("source" + imports++);
      new RandomLayout(source, random).fill();
      keepingAll("import", source.toString());
    }

    private void prune() {
      List<String> words = new ArrayList<>(List.of("prune", "--older-than", "0s"));
      if (random.nextBoolean()) {
        words.add("--orphans");
      }
      said(words.toArray(String[]::new));
    }

    private void keepingAll(String... words) {
      Set<String> before = LayoutFixture.blobs(root);
      Set<String> reached = IndependentMark.reachable(root);
      said(words);
      assertThat(LayoutFixture.blobs(root)).containsAll(before);
      assertThat(IndependentMark.reachable(root)).containsAll(reached);
    }

    /** What it exits with is none of an accident. */
    private Program.Run said(String... words) {
      Program.Run run = program.json(words);
      story.append(String.join(" ", words)).append(" -> ").append(run.exitCode());
      if (run.exitCode() != 0) {
        story.append(' ').append(run.out().strip());
      }
      story.append('\n');
      assertThat(run.exitCode()).as(run.out() + run.err()).isBetween(0, 4);
      return run;
    }

    private void done(String... words) {
      assertThat(said(words).exitCode()).isZero();
    }

    private String reference() {
      return switch (random.nextInt(6)) {
        case 0 -> digest();
        case 1 -> name() + "@" + digest();
        case 2 -> "t*";
        default -> name();
      };
    }

    private String name() {
      return oneOf(Sketch.names(root), "t0");
    }

    private String digest() {
      return oneOf(LayoutFixture.blobs(root), "sha256:" + "0".repeat(64));
    }

    private String oneOf(Set<String> texts, String otherwise) {
      List<String> all = List.copyOf(new TreeSet<>(texts));
      return all.isEmpty() ? otherwise : all.get(random.nextInt(all.size()));
    }
  }
}
