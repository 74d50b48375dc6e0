package io.github.ocigc.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ocigc.fixture.FakeRegistry;
import io.github.ocigc.oci.OcigcException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RetryTest {
  private static final byte[] BYTES = {'{', '}'};

  private final FakeRegistry registry = FakeRegistry.start();
  private final List<String> notes = Collections.synchronizedList(new ArrayList<>());

  @AfterEach
  void close() {
    registry.close();
  }

  private Repository repository(Retries retries) {
    registry.content().addManifest("app", "v1", "application/json", BYTES);
    return new Registries(Quick.options().withRetries(retries).withNotes(notes::add))
        .repository(registry.name(), "app");
  }

  private int asked() {
    return registry.requests("GET /v2/app").size();
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 429, 500, 502, 503, 504})
  void whatMayPassIsTriedAgainAndTold(int status) {
    registry.manifestFaults().fail(2, status);
    assertThat(repository(Quick.RETRIES).manifest("v1").bytes()).isEqualTo(BYTES);
    assertThat(asked()).isEqualTo(3);
    assertThat(notes).hasSize(2).allMatch(note -> note.contains("answered " + status));
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403, 405, 418, 501})
  void whatWillNotPassIsNotTriedAgain(int status) {
    registry.manifestFaults().fail(1, status);
    assertThatThrownBy(() -> repository(Quick.RETRIES).manifest("v1"))
        .isInstanceOf(OcigcException.RegistryFailed.class)
        .hasMessageContaining("answered " + status);
    assertThat(asked()).isOne();
  }

  @Test
  void theLastErrorSaysHowOftenAndWhat() {
    registry.manifestFaults().fail(3, 503);
    assertThatThrownBy(() -> repository(Quick.RETRIES).manifest("v1"))
        .isInstanceOf(OcigcException.RegistryFailed.class)
        .hasMessageContaining("Fetching the manifest v1 from " + registry.name() + "/app")
        .hasMessageContaining("failed 3 times")
        .hasMessageContaining("FAULT_503: the fake says FAULT_503");
  }

  @Test
  void aDroppedConnectionIsTriedAgain() {
    registry.manifestFaults().dropAfter(0, 0);
    assertThat(repository(Quick.RETRIES).manifest("v1").bytes()).isEqualTo(BYTES);
  }

  @Test
  void whatTheRegistryAsksForIsWaited() {
    registry.manifestFaults().busy("1");
    Retries retries = new Retries(2, Duration.ofMillis(1), Duration.ofMillis(200));
    long before = System.nanoTime();
    repository(retries).manifest("v1");
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThan(Duration.ofMillis(950));
  }

  @Test
  void nobodyIsWaitedForWithoutEnd() {
    registry.manifestFaults().busy("86400");
    Retries retries = new Retries(2, Duration.ofMillis(1), Duration.ofMillis(5));
    assertThat(repository(retries).manifest("v1").bytes()).isEqualTo(BYTES);
  }

  @Test
  void retryAfterIsSecondsOrADate() {
    Instant now = Instant.parse("2026-11-24T12:00:00Z");
    String date =
        DateTimeFormatter.RFC_1123_DATE_TIME.format(
            ZonedDateTime.ofInstant(now.plusSeconds(90), ZoneOffset.UTC));
    assertThat(RetryAfter.parse("7", now)).contains(Duration.ofSeconds(7));
    assertThat(RetryAfter.parse(date, now)).contains(Duration.ofSeconds(90));
    assertThat(RetryAfter.parse(date, now.plusSeconds(100))).contains(Duration.ZERO);
    assertThat(RetryAfter.parse("soon", now)).isEmpty();
  }

  @Test
  void pausesDoubleUpToTheLongestAndAreNeverTheSame() {
    Retries retries = new Retries(9, Duration.ofMillis(100), Duration.ofMillis(1000));
    assertThat(retries.pause(1)).isBetween(Duration.ofMillis(50), Duration.ofMillis(100));
    assertThat(retries.pause(3)).isBetween(Duration.ofMillis(200), Duration.ofMillis(400));
    assertThat(retries.pause(40)).isBetween(Duration.ofMillis(500), Duration.ofMillis(1000));
  }

  @Test
  void whereNobodyListensThatIsSaidInTheEnd() throws Exception {
    String name;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      name = "127.0.0.1:" + free.getLocalPort();
    }
    assertThatThrownBy(() -> new Registries(Quick.options()).repository(name, "app").manifest("v1"))
        .isInstanceOf(OcigcException.RegistryFailed.class)
        .hasMessageContaining("failed 3 times")
        .hasMessageContaining("no connection to " + name);
  }

  @Test
  void aHostThatDoesNotExistIsSaidAtOnce() {
    assertThatThrownBy(
            () ->
                new Registries(Quick.options())
                    .repository("registry.invalid", "app")
                    .manifest("v1"))
        .isInstanceOf(OcigcException.RegistryFailed.class)
        .hasMessageContaining("there is no host registry.invalid");
  }

  @Test
  void aPauseEndsWithTheThread() {
    registry.manifestFaults().busy("60");
    Retries patient = new Retries(2, Duration.ofSeconds(1), Duration.ofSeconds(60));
    Repository app = repository(patient);
    Thread waiting = Thread.currentThread();
    Thread interrupting =
        new Thread(
            () -> {
              while (notes.isEmpty()) {
                Thread.onSpinWait();
              }
              waiting.interrupt();
            });
    interrupting.start();
    assertThatThrownBy(() -> app.manifest("v1"))
        .isInstanceOf(OcigcException.RegistryFailed.class)
        .hasMessageContaining("interrupted");
    assertThat(Thread.interrupted()).isTrue();
  }
}
