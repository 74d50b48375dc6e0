package io.github.ocigc.cli;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalLong;

/**
 * How fast bytes have gone by of late: over the last {@link #WINDOW_MILLIS}, so that it follows a
 * connection that gets better or stalls. Not safe for several threads.
 */
final class Speed {
  static final long WINDOW_MILLIS = 5_000;

  /** Sooner than this after the first byte nothing can be said. */
  private static final long LEAST_MILLIS = 500;

  /** What comes closer together is one sample, so that there are never many. */
  private static final long GRAIN_MILLIS = 100;

  private record Sample(long atMillis, long bytesBefore) {}

  private final Deque<Sample> samples = new ArrayDeque<>();
  private long bytes;

  void moved(long atMillis, long more) {
    Sample last = samples.peekLast();
    if (last == null || atMillis - last.atMillis() >= GRAIN_MILLIS) {
      samples.addLast(new Sample(atMillis, bytes));
    }
    bytes += Math.max(0, more);
    forget(atMillis);
  }

  /** Bytes a second; empty while it is too early to say. */
  OptionalLong at(long nowMillis) {
    forget(nowMillis);
    Sample first = samples.peekFirst();
    if (first == null || nowMillis - first.atMillis() < LEAST_MILLIS) {
      return OptionalLong.empty();
    }
    return OptionalLong.of((bytes - first.bytesBefore()) * 1000 / (nowMillis - first.atMillis()));
  }

  private void forget(long nowMillis) {
    while (samples.size() > 1 && nowMillis - samples.getFirst().atMillis() > WINDOW_MILLIS) {
      samples.removeFirst();
    }
  }
}
