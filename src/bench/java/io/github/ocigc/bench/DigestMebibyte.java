package io.github.ocigc.bench;

import io.github.ocigc.oci.Digest;
import io.github.ocigc.oci.Hash;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** SHA-256, by the compiler that the launcher has for it and by the one for everything else. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class DigestMebibyte {
  private final byte[] bytes = new byte[1 << 20];

  public DigestMebibyte() {
    new Random(1).nextBytes(bytes);
  }

  @Benchmark
  @Fork(value = 1, jvmArgsAppend = "-XX:TieredStopAtLevel=1")
  public Digest quickCompiler() {
    return Hash.sha256(bytes);
  }

  @Benchmark
  @Fork(1)
  public Digest fullCompiler() {
    return Hash.sha256(bytes);
  }
}
