package io.github.ocigc.bench;

import io.github.ocigc.engine.Delete;
import io.github.ocigc.engine.DeleteOptions;
import io.github.ocigc.engine.OpenStore;
import io.github.ocigc.engine.Options;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Closing a store in which twenty images were deleted, untimed: the ledger's file is longer than
 * its rows need, so that this makes room in it too.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgsAppend = "-Xmx2g")
@Warmup(iterations = 10)
@Measurement(iterations = 20)
public class CloseLedger {
  private static final int DELETES = 20;

  @Param({"10000", "1000000"})
  public int blobs;

  @Param public Place place;

  private Path folder;
  private OpenStore store;

  @Setup
  public void make() throws IOException, InterruptedException {
    folder = GeneratedStore.in(place, blobs, 1000);
  }

  @Setup(Level.Iteration)
  public void deleteSome() {
    store = OpenStore.open(folder, "benchmark", OpenStore.Access.WRITE, Options.DEFAULT);
    Iterator<String> names = GeneratedStore.names(store);
    for (int i = 0; i < DELETES; i++) {
      new Delete(store).run(List.of(names.next()), DeleteOptions.PLAIN);
    }
  }

  @Benchmark
  public void close() {
    store.close();
  }

  @TearDown
  public void leave() throws IOException {
    place.leave();
  }
}
