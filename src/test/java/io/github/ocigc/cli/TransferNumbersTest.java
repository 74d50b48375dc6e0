package io.github.ocigc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the pictures of a transfer are made of. */
final class TransferNumbersTest {
  private static final long MB = 1_000_000;

  @Test
  void theWidthIsWhatTheShellSaysIfItIsOne() {
    assertThat(Cells.across(Map.of("COLUMNS", "132"))).isEqualTo(132);
    for (String odd : List.of("", "0", "-5", "x", "99999999999")) {
      assertThat(Cells.across(Map.of("COLUMNS", odd))).isEqualTo(80);
    }
    assertThat(Cells.across(Map.of())).isEqualTo(80);
  }

  @Test
  void speedFollowsTheLastSeconds() {
    Speed speed = new Speed();
    speed.moved(0, 100 * MB);
    assertThat(speed.at(400)).as("too early").isEmpty();
    assertThat(speed.at(1000)).hasValue(100 * MB);
    for (int t = 1000; t <= 10_000; t += 50) {
      speed.moved(t, 50_000);
    }
    assertThat(speed.at(10_000).orElseThrow()).isBetween(MB - 20_000, MB + 20_000);
    assertThat(speed.at(15_000).orElseThrow()).isLessThan(20_000);
  }

  @Test
  void timeIsForPeople() {
    assertThat(List.of(4L, 59L, 61L, 3599L, 3600L, 9000L))
        .extracting(TransferPicture::time)
        .containsExactly("4 s", "59 s", "1 min", "60 min", "1 h 0 min", "2 h 30 min");
  }
}
