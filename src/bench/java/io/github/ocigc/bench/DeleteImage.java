package io.github.ocigc.bench;

import io.github.ocigc.engine.Delete;
import io.github.ocigc.engine.DeleteOptions;
import io.github.ocigc.engine.DeleteReport;
import io.github.ocigc.engine.OpenStore;
import io.github.ocigc.engine.Options;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Deleting one image after the other in a store that is open, twenty-five to a shot: a single one
 * is timed with the caches that the benchmark's own work between two shots leaves cold. Each image
 * is gone then, and a store of ten thousand blobs has no thousand to warm up with: another gives
 * them.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgsAppend = "-Xmx2g")
@Warmup(iterations = 15)
@Measurement(iterations = 20)
public class DeleteImage {
  private static final int WARM_UP_BLOBS = 20_000;
  private static final int WARM_UP_DELETES = 2000;
  private static final int TOGETHER = 25;

  /** Blobs, and how many of the images are in {@code index.json}, which is rewritten. */
  @Param({"10000 of 1000", "1000000 of 1000", "1000000 of 100000"})
  public String blobs;

  @Param public Place place;

  private OpenStore store;
  private Iterator<String> names;

  @Setup
  public void open() throws IOException, InterruptedException {
    try (OpenStore other = opened(GeneratedStore.in(place, WARM_UP_BLOBS))) {
      Iterator<String> others = GeneratedStore.names(other);
      for (int i = 0; i < WARM_UP_DELETES; i++) {
        new Delete(other).run(List.of(others.next()), DeleteOptions.PLAIN);
      }
    }
    store = opened(GeneratedStore.in(place, number(0), number(1)));
    names = GeneratedStore.names(store);
  }

  private static OpenStore opened(Path folder) {
    return OpenStore.open(folder, "benchmark", OpenStore.Access.WRITE, Options.DEFAULT);
  }

  private int number(int word) {
    return Integer.parseInt(blobs.split(" of ")[word]);
  }

  @Benchmark
  @OperationsPerInvocation(TOGETHER)
  public List<DeleteReport> delete() {
    List<DeleteReport> done = new ArrayList<>();
    for (int i = 0; i < TOGETHER; i++) {
      done.add(new Delete(store).run(List.of(names.next()), DeleteOptions.PLAIN));
    }
    return done;
  }

  @TearDown
  public void close() throws IOException {
    store.close();
    place.leave();
  }
}
