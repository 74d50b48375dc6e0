package io.github.ocigc.bench;

import io.github.ocigc.engine.Delete;
import io.github.ocigc.engine.DeleteOptions;
import io.github.ocigc.engine.DeleteReport;
import io.github.ocigc.engine.OpenStore;
import io.github.ocigc.engine.Options;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Deleting one image after the other in a store that is open. Each is gone after one shot. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgsAppend = "-Xmx2g")
@Warmup(iterations = 500)
@Measurement(iterations = 100)
public class DeleteImage {
  /** Blobs, and how many of the images are in {@code index.json}, which is rewritten. */
  @Param({"10000 of 1000", "1000000 of 1000", "1000000 of 100000"})
  public String blobs;

  @Param public Place place;

  private OpenStore store;
  private Iterator<String> names;

  @Setup
  public void open() throws IOException, InterruptedException {
    store =
        OpenStore.open(
            GeneratedStore.in(place, number(0), number(1)),
            "benchmark",
            OpenStore.Access.WRITE,
            Options.DEFAULT);
    names =
        store.ledger().view().usages().stream()
            .map(root -> root.key().name())
            .filter(name -> !name.isEmpty())
            .iterator();
  }

  private int number(int word) {
    return Integer.parseInt(blobs.split(" of ")[word]);
  }

  @Benchmark
  public DeleteReport delete() {
    return new Delete(store).run(List.of(names.next()), DeleteOptions.PLAIN);
  }

  @TearDown
  public void close() throws IOException {
    store.close();
    place.leave();
  }
}
