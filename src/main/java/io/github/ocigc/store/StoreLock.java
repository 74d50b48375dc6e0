package io.github.ocigc.store;

import io.github.ocigc.oci.OcigcException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * The lock between processes (and threads) that use one store. It is a lock on {@code .ocigc/lock}
 * that the operating system gives back when the process ends, however it ends; the file's text says
 * who has it. Other tools do not know of it.
 */
public final class StoreLock implements AutoCloseable {
  private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();
  private static final long POLL_MILLIS = 20;

  private final Path file;
  private final FileChannel channel;
  private final FileLock lock;

  private StoreLock(Path file, FileChannel channel, FileLock lock) {
    this.file = file;
    this.channel = channel;
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
        StoreLock lock = tryOnce(file);
        if (lock != null) {
          lock.sign(what);
          return lock;
        }
        String holder = holder(file);
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

  private static @org.jspecify.annotations.Nullable StoreLock tryOnce(Path file)
      throws IOException {
    if (!HELD_HERE.add(file)) {
      return null;
    }
    FileChannel channel = null;
    try {
      channel =
          FileChannel.open(
              file,
              StandardOpenOption.CREATE,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE,
              LinkOption.NOFOLLOW_LINKS);
      FileLock lock = channel.tryLock();
      if (lock != null) {
        return new StoreLock(file, channel, lock);
      }
    } catch (OverlappingFileLockException inThisProcess) {
      // another class loader's copy of us has it: the same as another process
    } catch (IOException e) {
      HELD_HERE.remove(file);
      throw e;
    }
    HELD_HERE.remove(file);
    if (channel != null) {
      channel.close();
    }
    return null;
  }

  private void sign(String what) throws IOException {
    byte[] text =
        ("process " + ProcessHandle.current().pid() + " (" + what + ")\n")
            .getBytes(StandardCharsets.UTF_8);
    channel.truncate(0);
    channel.write(ByteBuffer.wrap(text), 0);
  }

  private static String holder(Path file) {
    try {
      String text = Files.readString(file).strip();
      return text.isEmpty() ? "another process" : text;
    } catch (IOException e) {
      return "another process";
    }
  }

  @Override
  public void close() {
    try {
      lock.release();
      channel.close();
    } catch (IOException e) {
      throw Refusals.of("give back the lock", file, e);
    } finally {
      HELD_HERE.remove(file);
    }
  }
}
