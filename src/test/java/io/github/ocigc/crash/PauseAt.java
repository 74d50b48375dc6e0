package io.github.ocigc.crash;

import io.github.ocigc.store.Steps;
import java.util.concurrent.CountDownLatch;

/** Holds the first thread that reaches a step until it is told to go on. */
final class PauseAt implements Steps {
  private final String step;
  private final CountDownLatch reached = new CountDownLatch(1);
  private final CountDownLatch released = new CountDownLatch(1);

  PauseAt(String step) {
    this.step = step;
  }

  @Override
  public void reached(String now) {
    if (now.equals(step)) {
      reached.countDown();
      await(released);
    }
  }

  void awaitReached() {
    await(reached);
  }

  void goOn() {
    released.countDown();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
