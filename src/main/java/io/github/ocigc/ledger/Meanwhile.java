package io.github.ocigc.ledger;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/** Work that another core has begun; what it throws reaches whoever asks for its result. */
public final class Meanwhile<T> {
  private final CompletableFuture<T> work;

  public Meanwhile(Supplier<T> work) {
    this(CompletableFuture.supplyAsync(work));
  }

  private Meanwhile(CompletableFuture<T> work) {
    this.work = work;
  }

  /** More, when this is done: there are few cores. */
  <U> Meanwhile<U> then(Supplier<U> more) {
    return new Meanwhile<>(work.thenApply(done -> more.get()));
  }

  /** Waits until it is done. */
  public T result() {
    try {
      return work.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException known ? known : e;
    }
  }

  /** Waits until it is done or has failed, for those who have no more use for it. */
  public void settle() {
    work.exceptionally(failed -> null).join();
  }
}
