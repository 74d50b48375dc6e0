package io.github.ocigc.bench;

import io.github.ocigc.engine.DiskUsage;
import io.github.ocigc.engine.Listing;
import io.github.ocigc.engine.OpenStore;
import io.github.ocigc.engine.Options;
import io.github.ocigc.engine.Query;
import io.github.ocigc.engine.Why;
import io.github.ocigc.ledger.LedgerView;
import java.io.IOException;
import java.nio.file.Path;
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
 * What is asked of a ledger, without the start of a process and without its output: all references
 * with what is theirs alone, where the space goes, what keeps the layer that all images share and
 * what keeps one that three do.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgsAppend = "-Xmx2g")
@Warmup(iterations = 5)
@Measurement(iterations = 15)
public class AskLedger {
  /** As the command asks. */
  private static final int ENOUGH = 1000;

  /** Each 12 blobs an image, and each image has a name. */
  @Param({"10000", "1000000"})
  public int blobs;

  private Path folder;
  private OpenStore store;
  private String mostShared;
  private String littleShared;

  @Setup
  public void choose() throws IOException, InterruptedException {
    folder = GeneratedStore.in(Place.DISK, blobs);
    open();
    mostShared = digest("SELECT digest FROM content ORDER BY ref_count DESC LIMIT 1");
    littleShared = digest("SELECT digest FROM content WHERE ref_count = 3 LIMIT 1");
    close();
  }

  /** Each time anew: the database answers a query that it has just answered from memory. */
  @Setup(Level.Iteration)
  public void open() {
    store = OpenStore.open(folder, "benchmark", OpenStore.Access.READ_ALL, Options.DEFAULT);
  }

  private String digest(String sql) {
    LedgerView.Answer answer = new Query(store).run(sql);
    return String.valueOf(answer.rows().get(0).get(0).orElseThrow());
  }

  @Benchmark
  public List<Listing.Line> ls() {
    return new Listing(store).run(List.of());
  }

  @Benchmark
  public DiskUsage.Report du() {
    return new DiskUsage(store).run(List.of());
  }

  @Benchmark
  public Why.Report whyTheMostShared() {
    return new Why(store).run(mostShared, ENOUGH);
  }

  /** As {@code --all} and {@code --json} ask. */
  @Benchmark
  public Why.Report everyWayToTheMostShared() {
    return new Why(store).run(mostShared);
  }

  @Benchmark
  public Why.Report whyALayerOfThree() {
    return new Why(store).run(littleShared, ENOUGH);
  }

  @TearDown(Level.Iteration)
  public void close() {
    store.close();
  }
}
