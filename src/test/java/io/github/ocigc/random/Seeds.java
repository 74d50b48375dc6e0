package io.github.ocigc.random;

import java.util.List;
import java.util.stream.IntStream;

/**
 * The seeds of one run. {@code -Docigc.seed=S} gives the first one, {@code -Docigc.graphs=N} how
 * many, {@code -Docigc.thorough=K} that every Kth ledger is compared row by row with a rebuilt one;
 * a failure names the seed that alone brings it back with {@code -Docigc.graphs=1
 * -Docigc.thorough=1}.
 */
final class Seeds {
  /** What is done with one seed. */
  interface Trial {
    void run(long seed, boolean thorough) throws Exception;
  }

  /**
   * The same graphs in every run, so that a red build is the change's doing; a soak gives others.
   */
  private static final long FIRST = 20_261_124;

  private static final int THOROUGH_EVERY = 20;

  private Seeds() {}

  /** Runs the trials on all cores; every twentieth is thorough. */
  static void forEach(int graphs, Trial trial) {
    long start = Long.getLong("ocigc.seed", FIRST);
    int count = Integer.getInteger("ocigc.graphs", graphs);
    int thoroughEvery = Integer.getInteger("ocigc.thorough", THOROUGH_EVERY);
    List<AssertionError> failures =
        IntStream.range(0, count)
            .parallel()
            .mapToObj(i -> run(trial, start + i, (start + i) % thoroughEvery == 0))
            .flatMap(List::stream)
            .limit(5)
            .toList();
    if (!failures.isEmpty()) {
      AssertionError first = failures.get(0);
      failures.subList(1, failures.size()).forEach(first::addSuppressed);
      throw first;
    }
  }

  private static List<AssertionError> run(Trial trial, long seed, boolean thorough) {
    try {
      trial.run(seed, thorough);
      return List.of();
    } catch (Exception | AssertionError e) {
      return List.of(
          new AssertionError(
              "seed " + seed + " (-Docigc.seed=" + seed + " -Docigc.graphs=1 -Docigc.thorough=1)",
              e));
    }
  }
}
