package io.github.ocigc.registry;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How long to insist: on what is retried at all, {@code attempts} times without progress, after
 * pauses that double from {@code first} to {@code longest}, each cut by up to half at random so
 * that many clients do not come back together.
 *
 * @param attempts how often in all, at least once; counted anew when bytes of a blob have come
 * @param stall how long nothing at all may happen on a connection before it is given up
 */
public record Retries(int attempts, Duration first, Duration longest, Duration stall) {
  private static final Duration STALL = Duration.ofSeconds(60); // before its use in DEFAULT

  public static final Retries DEFAULT =
      new Retries(6, Duration.ofMillis(500), Duration.ofSeconds(30));

  private static final int LONGEST_ASKED = 10;

  public Retries {
    if (attempts < 1 || first.isNegative() || longest.compareTo(first) < 0 || stall.isZero()) {
      throw new IllegalArgumentException("retries must be one attempt or more, with pauses");
    }
  }

  /** With the usual patience, a minute, for a connection on which nothing happens. */
  public Retries(int attempts, Duration first, Duration longest) {
    this(attempts, first, longest, STALL);
  }

  /** How long to wait after so many failures in a row. */
  Duration pause(int failures) {
    long full = Math.min(longest.toMillis(), first.toMillis() << Math.min(failures - 1, 20));
    return Duration.ofMillis(full - ThreadLocalRandom.current().nextLong(full / 2 + 1));
  }

  /** The pause that a registry asks for, but not more than ten times our own longest. */
  Duration granted(Duration asked) {
    Duration most = longest.multipliedBy(LONGEST_ASKED);
    return asked.compareTo(most) > 0 ? most : asked;
  }
}
