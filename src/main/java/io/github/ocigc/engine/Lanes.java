package io.github.ocigc.engine;

import io.github.ocigc.oci.OcigcException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;

/** So many transfers at a time, each in a thread of its own. Safe for many threads. */
final class Lanes {
  private final int count;

  Lanes(int count) {
    this.count = count;
  }

  /** As {@link #forEach}, with what came of each item, in the items' order. */
  <T, R> List<R> map(List<T> items, Function<T, R> work) {
    Map<Integer, R> results = new ConcurrentHashMap<>();
    List<Integer> numbers = IntStream.range(0, items.size()).boxed().toList();
    forEach(numbers, number -> results.put(number, work.apply(items.get(number))));
    return numbers.stream().map(number -> Objects.requireNonNull(results.get(number))).toList();
  }

  /**
   * Works on each item; returns when nothing is worked on any more. The first failure is thrown:
   * then what was under way was interrupted, and what was waiting was not begun.
   */
  <T> void forEach(Collection<T> items, Consumer<T> work) {
    Queue<T> waiting = new ConcurrentLinkedQueue<>(items);
    AtomicReference<Throwable> failure = new AtomicReference<>();
    List<Thread> lanes = new ArrayList<>();
    Runnable giveUp =
        () -> {
          waiting.clear();
          lanes.stream().filter(lane -> lane != Thread.currentThread()).forEach(Thread::interrupt);
        };
    for (int i = 0; i < Math.min(count, items.size()); i++) {
      lanes.add(new Thread(() -> lane(waiting, work, failure, giveUp), "transfer-" + i));
    }
    lanes.forEach(Thread::start);
    boolean interrupted = false;
    for (Thread lane : lanes) {
      while (lane.isAlive()) {
        try {
          lane.join();
        } catch (InterruptedException e) {
          interrupted = true;
          giveUp.run();
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
      throw OcigcException.RegistryFailed.forNow("Interrupted in the middle of a transfer.");
    }
    if (failure.get() instanceof Error error) {
      throw error;
    }
    if (failure.get() instanceof RuntimeException exception) {
      throw exception;
    }
  }

  private static <T> void lane(
      Queue<T> waiting, Consumer<T> work, AtomicReference<Throwable> failure, Runnable giveUp) {
    for (T item = waiting.poll(); item != null; item = waiting.poll()) {
      try {
        work.accept(item);
      } catch (RuntimeException | Error e) {
        if (failure.compareAndSet(null, e)) {
          giveUp.run();
        }
      }
    }
  }
}
