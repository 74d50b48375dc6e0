package io.github.ocigc.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Tells a transfer that is under way from one whose process is dead: a lock on a file in its folder
 * that the operating system gives back when the process ends, however it ends.
 */
final class TransferLock implements AutoCloseable {
  /**
   * The folders that this process has locked. POSIX takes all its locks on a file away as soon as a
   * process closes any channel on it, so the file of none of these may be opened.
   */
  private static final Set<Path> HELD_HERE = new HashSet<>();

  private final Path folder;
  private final FileChannel channel;
  private final FileLock lock;

  private TransferLock(Path folder, FileChannel channel, FileLock lock) {
    this.folder = folder;
    this.channel = channel;
    this.lock = lock;
  }

  /** Locks a folder that was made just now, under the store's lock. */
  static TransferLock ofNew(Path folder) {
    return take(folder).orElseThrow(() -> new IllegalStateException(folder + " is locked already"));
  }

  /** Locks the folder if nobody else does; empty while its transfer is under way. */
  static Optional<TransferLock> ofDead(Path folder) {
    return take(folder);
  }

  private static Optional<TransferLock> take(Path folder) {
    Path file = folder.resolve("lock");
    synchronized (HELD_HERE) {
      if (HELD_HERE.contains(folder)) {
        return Optional.empty();
      }
      try {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
          return Optional.empty(); // not ours, whatever it is
        }
        FileChannel channel =
            FileChannel.open(
                file,
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE,
                LinkOption.NOFOLLOW_LINKS);
        FileLock lock;
        try {
          lock = channel.tryLock();
        } catch (OverlappingFileLockException otherClassLoader) {
          return Optional.empty(); // closing would free its lock
        }
        if (lock == null) {
          channel.close();
          return Optional.empty();
        }
        HELD_HERE.add(folder);
        return Optional.of(new TransferLock(folder, channel, lock));
      } catch (IOException e) {
        throw Refusals.of("look at the transfer", folder, e);
      }
    }
  }

  @Override
  public void close() {
    synchronized (HELD_HERE) {
      HELD_HERE.remove(folder);
      try {
        lock.release();
        channel.close();
      } catch (IOException e) {
        throw Refusals.of("give back the lock of", folder, e);
      }
    }
  }
}
