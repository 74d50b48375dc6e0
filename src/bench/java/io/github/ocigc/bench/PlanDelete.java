package io.github.ocigc.bench;

import io.github.ocigc.engine.OpenStore;
import io.github.ocigc.engine.Options;
import io.github.ocigc.ledger.LedgerRoot;
import io.github.ocigc.ledger.LedgerView;
import io.github.ocigc.ledger.Plan;
import io.github.ocigc.ledger.PlanRequest;
import io.github.ocigc.ledger.RootUsage;
import java.io.IOException;
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

/** The trial deletion of one image after the other, in the ledger alone. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgsAppend = "-Xmx2g")
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class PlanDelete {
  @Param({"10000", "1000000"})
  public int blobs;

  private OpenStore store;
  private List<LedgerRoot> roots;
  private int next;

  @Setup
  public void open() throws IOException, InterruptedException {
    store =
        OpenStore.open(
            GeneratedStore.in(Place.DISK, blobs),
            "benchmark",
            OpenStore.Access.WRITE,
            Options.DEFAULT);
    LedgerView view = store.ledger().view();
    roots = view.roots(view.usages().stream().map(RootUsage::id).toList());
  }

  @Benchmark
  public Plan plan() {
    next = (next + 1) % roots.size();
    return store
        .ledger()
        .plan(PlanRequest.dropping(List.of(roots.get(next)), PlanRequest.Weak.FOLLOW));
  }

  @TearDown
  public void close() {
    store.close();
  }
}
