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
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The lock between processes (and threads) that use one store. It is a lock on {@code .ocigc/lock}
 * that the operating system gives back when the process ends, however it ends; the file's text says
 * who has it. Other tools do not know of it.
 */
public final class StoreLock implements AutoCloseable {
  /** Who in this process has which lock. Every look at a lock's file is made under its monitor. */
  private static final Map<Path, String> HELD_HERE = new HashMap<>();

  private static final long POLL_MILLIS = 20;
  private static final int LONGEST_SIGNATURE_BYTES = 200;

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
        Attempt attempt = attempt(file, what);
        if (attempt.lock() != null) {
          return attempt.lock();
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

  private record Attempt(@Nullable StoreLock lock, String holder) {}

  /**
   * POSIX takes a process's lock away as soon as the process closes any channel on the file, even
   * one that was opened to read who has it. So while a thread of ours has the lock, no other thread
   * may open the file.
   */
  private static Attempt attempt(Path file, String what) throws IOException {
    synchronized (HELD_HERE) {
      String here = HELD_HERE.get(file);
      if (here != null) {
        return new Attempt(null, here);
      }
      FileChannel channel =
          FileChannel.open(
              file,
              StandardOpenOption.CREATE,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE,
              LinkOption.NOFOLLOW_LINKS);
      try {
        FileLock lock = channel.tryLock();
        if (lock != null) {
          String us = signature(what);
          sign(channel, us);
          HELD_HERE.put(file, us);
          return new Attempt(new StoreLock(file, channel, lock), us);
        }
        String holder = holder(channel);
        channel.close();
        return new Attempt(null, holder);
      } catch (OverlappingFileLockException otherClassLoader) {
        return new Attempt(null, "another part of this process"); // closing would free its lock
      } catch (IOException e) {
        channel.close();
        throw e;
      }
    }
  }

  /** This process and what it does, for others to read. */
  static String signature(String what) {
    return "process " + ProcessHandle.current().pid() + " (" + what + ")";
  }

  private static void sign(FileChannel channel, String us) throws IOException {
    channel.truncate(0);
    channel.write(ByteBuffer.wrap((us + "\n").getBytes(StandardCharsets.UTF_8)), 0);
  }

  private static String holder(FileChannel channel) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(LONGEST_SIGNATURE_BYTES);
    channel.read(bytes, 0);
    String text = new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8).strip();
    return text.isEmpty() ? "another process" : text;
  }

  @Override
  public void close() {
    synchronized (HELD_HERE) {
      HELD_HERE.remove(file);
      try {
        lock.release();
        channel.close();
      } catch (IOException e) {
        throw Refusals.of("give back the lock", file, e);
      }
    }
  }
}
