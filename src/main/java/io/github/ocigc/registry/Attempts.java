package io.github.ocigc.registry;

import io.github.ocigc.oci.OcigcException;
import java.time.Duration;
import java.util.function.Consumer;

/** The attempts at one thing: pauses between them, and gives up. Used by one thread. */
final class Attempts {
  private final Retries retries;
  private final Consumer<String> notes;
  private final String doing;
  private int failures;

  Attempts(Retries retries, Consumer<String> notes, String doing) {
    this.retries = retries;
    this.notes = notes;
    this.doing = doing;
  }

  /** One attempt of something that may be tried again. */
  interface Step<T> {
    T run() throws TransientFailure;
  }

  <T> T until(Step<T> step) {
    while (true) {
      try {
        return step.run();
      } catch (TransientFailure failure) {
        failed(failure);
      }
    }
  }

  /** Something was achieved: the count starts again. */
  void progressed() {
    failures = 0;
  }

  /** Waits until the next attempt is due; throws if there is to be none. */
  void failed(TransientFailure failure) {
    failures++;
    if (failures >= retries.attempts()) {
      throw OcigcException.RegistryFailed.forNow(
          doing
              + (failures == 1 ? " failed: " : " failed " + failures + " times, the last time so: ")
              + failure.found()
              + ". Try again later.");
    }
    Duration pause = failure.after().map(retries::granted).orElseGet(() -> retries.pause(failures));
    notes.accept(doing + ": " + failure.found() + "; trying again in " + seconds(pause) + " s.");
    try {
      Thread.sleep(pause.toMillis());
    } catch (InterruptedException e) {
      throw Interruption.of(doing);
    }
  }

  private static String seconds(Duration pause) {
    long tenths = (pause.toMillis() + 99) / 100;
    return tenths / 10 + "." + tenths % 10;
  }
}
