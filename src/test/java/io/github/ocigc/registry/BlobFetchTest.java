package io.github.ocigc.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ocigc.fixture.FakeRegistry;
import io.github.ocigc.fixture.MemorySink;
import io.github.ocigc.fixture.RegistryBlob;
import io.github.ocigc.fixture.RegistryFaults.Fault;
import io.github.ocigc.oci.Descriptor;
import io.github.ocigc.oci.Digest;
import io.github.ocigc.oci.OcigcException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class BlobFetchTest {
  private static final byte[] BYTES = Quick.bytes(300_000);

  private final FakeRegistry registry = FakeRegistry.start();
  private final Digest digest = registry.content().addBlob("app", BYTES);
  private final Repository repository =
      new Registries(Quick.options()).repository(registry.name(), "app");
  private final AtomicLong moved = new AtomicLong();

  @AfterEach
  void close() {
    registry.close();
  }

  private Descriptor blob(long size) {
    return new Descriptor("application/octet-stream", digest, size);
  }

  private byte[] fetch(MemorySink sink) {
    return fetch(sink, BYTES.length);
  }

  private byte[] fetch(MemorySink sink, long size) {
    repository.fetchBlob(blob(size), sink, moved::addAndGet);
    return sink.bytes();
  }

  private List<String> rangesAsked() {
    return registry.requests("GET /v2/app/blobs/").stream()
        .map(r -> r.header("Range").orElse("all"))
        .toList();
  }

  @Test
  void aBlobComesWithOneRequestAndEveryByteIsTold() {
    assertThat(fetch(MemorySink.keeping())).isEqualTo(BYTES);
    assertThat(moved).hasValue(BYTES.length);
    assertThat(rangesAsked()).containsExactly("all");
  }

  @Test
  void whatBreaksOffIsResumedWhereItBrokeOff() {
    registry.blobFaults().dropAfter(100_000, 50_000);
    assertThat(fetch(MemorySink.keeping())).isEqualTo(BYTES);
    assertThat(moved).hasValue(BYTES.length);
    assertThat(rangesAsked()).hasSize(3).startsWith("all").allMatch(r -> !r.equals("bytes=0-"));
  }

  @Test
  void aTransferThatGetsOnMayBreakMoreOftenThanThereAreAttempts() {
    registry.blobFaults().dropAfter(40_000, 40_000, 40_000, 40_000, 40_000, 40_000);
    assertThat(fetch(MemorySink.keeping())).isEqualTo(BYTES);
    assertThat(registry.blobFaults().spent()).isTrue();
  }

  @Test
  void aTransferThatDoesNotGetOnIsGivenUp() {
    registry.blobFaults().times(50, new Fault.Drop(0)); // the JDK tries by itself, too
    assertThatThrownBy(() -> fetch(MemorySink.keeping()))
        .isInstanceOf(OcigcException.RegistryFailed.class)
        .hasMessageContaining("failed 3 times")
        .hasMessageContaining(digest.toString())
        .hasMessageContaining("broke off");
  }

  @Test
  void aSinkThatHasSomethingIsGivenTheRest() {
    byte[] half = Arrays.copyOf(BYTES, 150_000);
    assertThat(fetch(MemorySink.keeping().having(half))).isEqualTo(BYTES);
    assertThat(moved).hasValue(150_000);
    assertThat(rangesAsked()).containsExactly("bytes=150000-");
  }

  @Test
  void aSinkThatHasAllAsksForNothing() {
    assertThat(fetch(MemorySink.keeping().having(BYTES))).isEqualTo(BYTES);
    assertThat(registry.requests("GET /v2/app")).isEmpty();
  }

  @Test
  void aSinkThatHasTooMuchStartsAgain() {
    MemorySink sink = MemorySink.keeping().having(Quick.bytes(300_001));
    assertThat(fetch(sink)).isEqualTo(BYTES);
    assertThat(moved).hasValue(-1);
  }

  @Test
  void whereThereAreNoRangesTheBytesThatAreThereAreSkipped() {
    registry.content().withoutRanges();
    registry.blobFaults().dropAfter(100_000);
    MemorySink sink = MemorySink.keeping();
    assertThat(fetch(sink)).isEqualTo(BYTES);
    assertThat(sink.restarts()).isZero();
    assertThat(moved).hasValue(BYTES.length);
  }

  @Test
  void aRangeThatCannotBeHadStartsAgain() {
    registry.blobFaults().dropAfter(100_000).fail(1, 416);
    MemorySink sink = MemorySink.keeping();
    assertThat(fetch(sink)).isEqualTo(BYTES);
    assertThat(sink.restarts()).isOne();
    assertThat(moved).hasValue(BYTES.length);
  }

  @Test
  void aLengthThatIsNotTheManifestsIsALieAndNotTriedAgain() {
    assertThatThrownBy(() -> fetch(MemorySink.keeping(), BYTES.length - 1))
        .isInstanceOf(OcigcException.RegistryFailed.class)
        .hasMessageContaining("300000")
        .hasMessageContaining("299999");
    assertThat(rangesAsked()).hasSize(1);
  }

  @Test
  void aResumedPartOfAnotherLengthIsALieToo() {
    MemorySink sink = MemorySink.keeping().having(Arrays.copyOf(BYTES, 10));
    assertThatThrownBy(() -> fetch(sink, BYTES.length + 1))
        .isInstanceOf(OcigcException.RegistryFailed.class)
        .hasMessageContaining("announces 300000 bytes");
  }

  @Test
  void moreBytesThanAnnouncedAreNeverWritten() {
    registry.blobFaults().next(new Fault.TooMuch(5));
    MemorySink sink = MemorySink.keeping();
    assertThatThrownBy(() -> fetch(sink))
        .isInstanceOf(OcigcException.RegistryFailed.class)
        .hasMessageContaining("sends more bytes");
    assertThat(sink.position()).isLessThanOrEqualTo(BYTES.length);
    assertThat(rangesAsked()).hasSize(1);
  }

  @Test
  void aBlobOfUnknownSizeEndsWhereItEnds() {
    registry.blobFaults().dropAfter(1000);
    assertThat(fetch(MemorySink.keeping(), -1)).isEqualTo(BYTES);
  }

  @Test
  void anEmptyBlobIsThereAtOnce() {
    assertThat(fetch(MemorySink.keeping(), 0)).isEmpty();
  }

  @Test
  void wrongBytesAreForTheSinkToFind() {
    registry.blobFaults().next(new Fault.Corrupt());
    assertThat(fetch(MemorySink.keeping())).hasSize(BYTES.length).isNotEqualTo(BYTES);
  }

  @Test
  void silenceIsGivenUpAndResumed() {
    registry.blobFaults().stallAfter(100_000);
    Retries impatient =
        new Retries(3, Duration.ofMillis(1), Duration.ofMillis(2), Duration.ofMillis(300));
    MemorySink sink = MemorySink.keeping();
    new Registries(Quick.options().withRetries(impatient))
        .repository(registry.name(), "app")
        .fetchBlob(blob(BYTES.length), sink, moved::addAndGet);
    assertThat(sink.bytes()).isEqualTo(BYTES);
    assertThat(rangesAsked()).hasSize(2);
  }

  @Test
  void whatIsNotThereIsNotFoundAndNotTriedAgain() {
    Digest other = FakeRegistry.digest(new byte[] {1});
    assertThatThrownBy(
            () ->
                repository.fetchBlob(
                    new Descriptor("", other, 1), MemorySink.keeping(), moved::addAndGet))
        .isInstanceOf(OcigcException.NotFound.class)
        .hasMessageContaining(other.toString())
        .hasMessageContaining(registry.name() + "/app");
    assertThat(rangesAsked()).hasSize(1);
  }

  @Test
  void aFullDiskIsNotTheRegistrysFault() {
    assertThatThrownBy(() -> fetch(MemorySink.keeping().fullAt(100_000)))
        .isInstanceOf(OcigcException.Refused.class)
        .hasMessageContaining("No space left");
    assertThat(rangesAsked()).hasSize(1);
  }

  @Test
  void aThreadThatIsInterruptedStopsWaiting() throws InterruptedException {
    registry.blobFaults().stallAfter(1000);
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    MemorySink sink = MemorySink.keeping();
    Thread fetching =
        new Thread(
            () -> {
              try {
                fetch(sink);
              } catch (OcigcException e) {
                thrown.set(e);
              }
            });
    fetching.start();
    while (sink.position() == 0) {
      assertThat(fetching.isAlive()).isTrue();
      Thread.sleep(5);
    }
    fetching.interrupt();
    fetching.join(5000);
    assertThat(thrown.get())
        .isInstanceOf(OcigcException.RegistryFailed.class)
        .hasMessageContaining("interrupted");
  }

  @Test
  void halfAGigabytePassesThroughAFewBuffers() {
    long size = 512L * 1024 * 1024;
    registry.content().addBlob("app", digest, RegistryBlob.zeros(size));
    MemorySink sink = MemorySink.counting();
    AtomicLong most = new AtomicLong();
    Runtime runtime = Runtime.getRuntime();
    System.gc();
    long before = runtime.totalMemory() - runtime.freeMemory();
    repository.fetchBlob(
        blob(size),
        sink,
        count -> {
          long tenth = size / 10;
          if (moved.addAndGet(count) / tenth > (moved.get() - count) / tenth) {
            System.gc();
            long used = runtime.totalMemory() - runtime.freeMemory();
            most.accumulateAndGet(used - before, Math::max);
          }
        });
    assertThat(sink.position()).isEqualTo(size);
    assertThat(most.get()).isLessThan(50L * 1024 * 1024);
  }

  @Test
  void aThousandSmallBlobsTakeOneRequestEach() {
    for (int i = 0; i < 1000; i++) {
      byte[] small = ("blob " + i).getBytes(java.nio.charset.StandardCharsets.UTF_8);
      Digest named = registry.content().addBlob("app", small);
      MemorySink sink = MemorySink.keeping();
      repository.fetchBlob(new Descriptor("", named, small.length), sink, count -> {});
      assertThat(sink.bytes()).isEqualTo(small);
    }
    assertThat(registry.requests()).hasSize(1001); // one asks how the registry is spoken to
  }
}
