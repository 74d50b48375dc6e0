package io.github.ocigc.store;

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
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A lock on a file, between processes and between threads, that the operating system gives back
 * when the process ends, however it ends. The file's text says who has it.
 *
 * <p>POSIX takes a process's lock away as soon as the process closes any channel on the file, even
 * one that was opened to read who has it. So every look at such a file is made here, under one
 * monitor, and no file is opened that a thread of ours has locked.
 */
final class ProcessLock implements AutoCloseable {
  /** Who in this process has which lock. */
  private static final Map<Path, String> HELD_HERE = new HashMap<>();

  private static final int LONGEST_SIGNATURE_BYTES = 200;

  private final Path file;
  private final FileChannel channel;
  private final FileLock lock;

  private ProcessLock(Path file, FileChannel channel, FileLock lock) {
    this.file = file;
    this.channel = channel;
    this.lock = lock;
  }

  /**
   * What came of a try.
   *
   * @param lock empty if somebody else has it
   * @param holder who has it now, for people
   */
  record Attempt(Optional<ProcessLock> lock, String holder) {
    private static Attempt failed(String holder) {
      return new Attempt(Optional.empty(), holder);
    }
  }

  /** This process and what it does, for others to read. */
  static String signature(String what) {
    return "process " + processId() + " (" + what + ")";
  }

  /** By a link of Linux's: what Java has for it starts a thread to wait for children. */
  private static String processId() {
    try {
      return Files.readSymbolicLink(Path.of("/proc/self")).toString();
    } catch (IOException e) {
      return Long.toString(ProcessHandle.current().pid());
    }
  }

  /**
   * Tries once. The folder of the file is there; a link in the file's place is refused.
   *
   * @param signature the file's text from now on; if empty, nothing is written, which needs no room
   */
  static Attempt attempt(Path file, String signature) throws IOException {
    synchronized (HELD_HERE) {
      String here = HELD_HERE.get(file);
      if (here != null) {
        return Attempt.failed(here);
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
          if (!signature.isEmpty()) {
            sign(channel, signature);
          }
          HELD_HERE.put(file, signature);
          return new Attempt(Optional.of(new ProcessLock(file, channel, lock)), signature);
        }
        String holder = holder(channel);
        channel.close();
        return Attempt.failed(holder);
      } catch (OverlappingFileLockException otherClassLoader) {
        return Attempt.failed("another part of this process"); // closing would free its lock
      } catch (IOException e) {
        channel.close();
        throw e;
      }
    }
  }

  /** Never emptied: some file systems write a file to the disk at once that was, to be safe. */
  private static void sign(FileChannel channel, String signature) throws IOException {
    byte[] line = (signature + "\n").getBytes(StandardCharsets.UTF_8);
    channel.write(ByteBuffer.wrap(line), 0);
    channel.truncate(line.length);
  }

  private static String holder(FileChannel channel) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(LONGEST_SIGNATURE_BYTES);
    channel.read(bytes, 0);
    String text = new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
    int end = text.indexOf('\n'); // what follows is left of another's
    String holder = (end < 0 ? text : text.substring(0, end)).strip();
    return holder.isEmpty() ? "another process" : holder;
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
