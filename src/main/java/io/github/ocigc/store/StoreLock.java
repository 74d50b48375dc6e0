package io.github.ocigc.store;

import io.github.ocigc.oci.OcigcException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * The lock between processes (and threads) that use one store. It is a lock on {@code .ocigc/lock}
 * that the operating system gives back when the process ends, however it ends; the file's text says
 * who has it. Other tools do not know of it.
 */
public final class StoreLock implements AutoCloseable {
  private static final long POLL_MILLIS = 20;

  private final ProcessLock lock;

  private StoreLock(ProcessLock lock) {
    this.lock = lock;
  }

  /**
   * Takes the lock, waiting for whoever has it.
   *
   * @param what says what we do, for those who wait for us
   * @param waiting told once who has it, if we have to wait
   * @throws OcigcException.Locked when the wait is over
   */
  public static StoreLock take(
      StorePaths paths, String what, Duration wait, Consumer<String> waiting) {
    Path file = paths.lock();
    long deadline = System.nanoTime() + wait.toNanos();
    boolean told = false;
    try {
      Files.createDirectories(paths.own());
      while (true) {
        ProcessLock.Attempt attempt = ProcessLock.attempt(file, ProcessLock.signature(what));
        if (attempt.lock().isPresent()) {
          return new StoreLock(attempt.lock().get());
        }
        String holder = attempt.holder();
        if (System.nanoTime() >= deadline) {
          throw new OcigcException.Locked(
              "The store "
                  + paths.root()
                  + " is in use by "
                  + holder
                  + " and was not free within "
                  + wait.toSeconds()
                  + " s. Try again later, or wait longer with --wait SECONDS.");
        }
        if (!told) {
          waiting.accept(holder);
          told = true;
        }
        Thread.sleep(POLL_MILLIS);
      }
    } catch (IOException e) {
      throw Refusals.of("lock the store with", file, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new OcigcException.Locked("Interrupted while waiting for the store.");
    }
  }

  @Override
  public void close() {
    lock.close();
  }
}
