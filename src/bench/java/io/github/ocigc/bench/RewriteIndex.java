package io.github.ocigc.bench;

import io.github.ocigc.oci.Digest;
import io.github.ocigc.oci.Hash;
import io.github.ocigc.oci.RootKey;
import io.github.ocigc.store.RootChange;
import io.github.ocigc.store.Roots;
import io.github.ocigc.store.Steps;
import io.github.ocigc.store.Store;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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

/** Reading and rewriting an {@code index.json} of 30,000 entries. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class RewriteIndex {
  private static final int ENTRIES = 30_000;
  private static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";
  private static final long MANIFEST_BYTES = 1300;

  @Param public Place place;

  private Path folder;
  private Store store;
  private String fingerprint;
  private boolean present;

  @Setup
  public void make() throws IOException {
    folder = place.path("index");
    Place.remove(folder);
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("oci-layout"), "{\"imageLayoutVersion\":\"1.0.0\"}");
    Files.writeString(
        folder.resolve("index.json"),
        IntStream.range(0, ENTRIES)
            .mapToObj(RewriteIndex::entry)
            .collect(Collectors.joining(",", "{\"schemaVersion\":2,\"manifests\":[", "]}")));
    store = Store.open(folder, Store.DEFAULT_MANIFEST_LIMIT_BYTES);
    Files.createDirectories(store.paths().own());
    fingerprint = store.readRoots().fingerprint();
    present = true;
  }

  @Benchmark
  public boolean fingerprint() {
    return store.isAt(fingerprint);
  }

  @Benchmark
  public Roots read() {
    return store.readRoots();
  }

  /** Drops an entry of the middle and adds it at the end, in turn. */
  @Benchmark
  public String publish() {
    int number = ENTRIES / 2;
    RootChange change =
        present
            ? new RootChange(List.of(new RootKey(name(number), digest(number))), List.of())
            : new RootChange(
                List.of(),
                List.of(
                    new RootChange.Addition(
                        name(number), digest(number), MANIFEST, MANIFEST_BYTES)));
    fingerprint = store.publish(change, fingerprint, Steps.NONE).orElseThrow();
    present = !present;
    return fingerprint;
  }

  @TearDown
  public void remove() throws IOException {
    Place.remove(folder);
    place.leave();
  }

  private static String entry(int number) {
    return """
        {"mediaType":"%s","digest":"%s","size":%d,\
        "annotations":{"org.opencontainers.image.ref.name":"%s"}}"""
        .formatted(MANIFEST, digest(number), MANIFEST_BYTES, name(number));
  }

  private static String name(int number) {
    return "img-%06d".formatted(number);
  }

  private static Digest digest(int number) {
    return Hash.sha256(name(number).getBytes(StandardCharsets.UTF_8));
  }
}
