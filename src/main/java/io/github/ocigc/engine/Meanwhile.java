package io.github.ocigc.engine;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Work that another core has begun; what it throws reaches whoever asks for its result. */
final class Meanwhile<T> {
  private final CompletableFuture<T> work;

  Meanwhile(Supplier<T> work) {
    this.work = CompletableFuture.supplyAsync(work);
  }

  /** Waits until it is done. */
  T result() {
    try {
      return work.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException known ? known : e;
    }
  }

  /** Waits, and has the result that nobody wants any more given back, if there is one. */
  void drop(Consumer<T> back) {
    work.thenAccept(back).exceptionally(e -> null).join();
  }
}
