package io.github.ocigc.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ocigc.fixture.Child;
import io.github.ocigc.fixture.IndependentMark;
import io.github.ocigc.fixture.LayoutFixture;
import io.github.ocigc.fixture.Program;
import io.github.ocigc.fixture.Rest;
import io.github.ocigc.fixture.StoreFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code kill -9} at random moments of one delete after the other. {@code -Docigc.kills=500} kills
 * more often; {@code -Docigc.seed=…} repeats the same delays, as far as time can be repeated.
 */
class RandomKillTest {
  private static final int IMAGES = 60;

  /** About as long as a few deletes take. */
  private static final int LONGEST_DELAY_MILLIS = 300;

  private final int kills = Integer.getInteger("ocigc.kills", 25);
  private final long seed = Long.getLong("ocigc.seed", System.nanoTime());
  private final Random random = new Random(seed);
  private int undone;
  private int finished;
  private int between;
  private int deleted;
  private int stores;

  @TempDir Path folder;
  private Path store;
  private Set<String> orphans = Set.of();

  @Test
  void nothingReachableIsLostAndNothingIsLeftOver() throws Exception {
    long start = System.nanoTime();
    Child child = Child.deleting(folder.resolve("practice"));
    for (int kill = 0; kill < kills; kill++) {
      if (kill == 0 || StoreFiles.names(store).size() < IMAGES / 4) {
        newStore();
      }
      child.awaitOut("ready");
      Child next = Child.deleting(folder.resolve("practice-" + kill)); // gets warm meanwhile
      killOnce(child, kill);
      child = next;
    }
    child.close();
    System.out.printf(
        "%d kills in %.0f s (seed %d): %d deletes undone, %d finished by the next command, %d kills"
            + " between deletes, %d deletes completed before%n",
        kills, (System.nanoTime() - start) / 1e9, seed, undone, finished, between, deleted);
  }

  private void killOnce(Child child, int kill) throws Exception {
    List<String> begun = new ArrayList<>();
    List<String> ended = new ArrayList<>();
    List<String> before = StoreFiles.names(store);
    try (child) {
      child.goOn(store, shuffled(before));
      TimeUnit.MICROSECONDS.sleep(random.nextInt(LONGEST_DELAY_MILLIS * 1000));
      for (String line : child.kill()) {
        String[] words = line.split(" ", -1);
        if (words[0].equals("begin")) {
          begun.add(words[1]);
        } else if (words[0].equals("end")) {
          assertThat(words[2]).as(words[1] + ", seed " + seed).isEqualTo("0");
          ended.add(words[1]);
        }
      }
    }
    begun.removeAll(ended);
    Set<String> reachable = IndependentMark.reachable(store);
    Set<String> atDeath = LayoutFixture.blobs(store);

    new Program(store).done("ls");

    String where = "kill " + kill + ", seed " + seed;
    Set<String> expected = new TreeSet<>(reachable);
    expected.addAll(orphans);
    assertThat(LayoutFixture.blobs(store)).as(where).isEqualTo(expected);
    List<String> names = new ArrayList<>(before);
    names.removeAll(ended);
    List<String> withoutTheLast = new ArrayList<>(names);
    withoutTheLast.removeAll(begun);
    assertThat(StoreFiles.names(store)).as(where).isIn(names, withoutTheLast);
    Rest.assertSound(store);
    count(begun, ended, atDeath, expected);
  }

  private void count(
      List<String> begun, List<String> ended, Set<String> atDeath, Set<String> expected) {
    deleted += ended.size();
    if (begun.isEmpty()) {
      between++;
    } else if (StoreFiles.names(store).containsAll(begun)) {
      undone++;
    } else if (atDeath.equals(expected)) {
      between++;
    } else {
      finished++;
    }
  }

  private List<String> shuffled(List<String> names) {
    List<String> shuffled = new ArrayList<>(names);
    java.util.Collections.shuffle(shuffled, random);
    return shuffled;
  }

  /** Layers shared by all, by some, by two and by none; a few that nothing holds. */
  private void newStore() {
    store = folder.resolve("store-" + stores++);
    LayoutFixture layout = new LayoutFixture(store);
    LayoutFixture.Image base = layout.image("base").layers(2);
    LayoutFixture.Image previous = base;
    for (int i = 0; i < IMAGES; i++) {
      LayoutFixture.Image image = layout.image("image" + i).sharing(i % 3 == 0 ? base : previous);
      image.layers(1 + random.nextInt(3)).tag();
      if (i % 10 == 0) {
        layout.image("signature" + i).subject(image.item()).layers(1).item();
      }
      previous = i % 4 == 0 ? base : image;
    }
    layout.layer("an orphan");
    layout.image("orphaned").layers(2).item();
    orphans = new TreeSet<>(layout.blobs());
    orphans.removeAll(IndependentMark.reachable(store));
    new Program(store).done("ls");
  }
}
