package io.github.ocigc.ledger;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.h2.store.fs.FileBaseDefault;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;

/**
 * The file system {@code lossy:}, whose disk keeps of what was written since the last fsync an
 * accidental part, by sectors and in no order. One file at a time.
 */
public final class LossyDisk extends FilePathWrapper {
  static final String SCHEME = "lossy";
  private static final int SECTOR = 512;
  private static State now = new State();

  /** What is on the disk for good, and what is on its way there. */
  private static final class State {
    private byte[] durable = {};
    private List<Change> pending = new ArrayList<>();
    private Runnable atEachCall = () -> {};
  }

  /** Bytes at a place, or a truncation. */
  private record Change(long position, byte[] bytes, boolean cut) {
    byte[] on(byte[] disk) {
      if (cut) {
        return disk.length <= position ? disk : Arrays.copyOf(disk, (int) position);
      }
      int end = (int) position + bytes.length;
      byte[] longer = disk.length < end ? Arrays.copyOf(disk, end) : disk;
      System.arraycopy(bytes, 0, longer, (int) position, bytes.length);
      return longer;
    }
  }

  /** A disk on which the file is this. */
  static void start(byte[] file, Runnable atEachCall) {
    now = new State();
    now.durable = file;
    now.atEachCall = atEachCall;
    FilePath.register(new LossyDisk());
  }

  /** What would be found if the power went now. */
  static byte[] afterPowerCut(Random random) {
    byte[] disk = now.durable.clone();
    int keep = random.nextInt(101); // now and then all or nothing
    for (Change change : now.pending) {
      if (change.cut()) {
        disk = random.nextInt(100) < keep ? change.on(disk) : disk;
        continue;
      }
      for (int at = 0; at < change.bytes().length; at += SECTOR) {
        if (random.nextInt(100) < keep) {
          int end = Math.min(change.bytes().length, at + SECTOR);
          byte[] sector = Arrays.copyOfRange(change.bytes(), at, end);
          disk = new Change(change.position() + at, sector, false).on(disk);
        }
      }
    }
    return disk;
  }

  @Override
  public String getScheme() {
    return SCHEME;
  }

  @Override
  public FileChannel open(String mode) throws IOException {
    return new Channel(super.open(mode));
  }

  /** Tells the disk of what is written. */
  private static final class Channel extends FileBaseDefault {
    private final FileChannel file;

    Channel(FileChannel file) {
      this.file = file;
    }

    private static void change(Change change) {
      now.pending.add(change);
      now.atEachCall.run();
    }

    @Override
    public synchronized int write(ByteBuffer bytes, long position) throws IOException {
      byte[] copy = new byte[bytes.remaining()];
      bytes.duplicate().get(copy);
      int length = file.write(bytes, position);
      change(new Change(position, Arrays.copyOf(copy, length), false));
      return length;
    }

    @Override
    public void force(boolean metaData) {
      now.atEachCall.run();
      for (Change change : now.pending) {
        now.durable = change.on(now.durable);
      }
      now.pending = new ArrayList<>();
      now.atEachCall.run();
    }

    @Override
    protected void implTruncate(long size) throws IOException {
      file.truncate(size);
      change(new Change(size, new byte[0], true));
    }

    @Override
    public synchronized int read(ByteBuffer bytes, long position) throws IOException {
      return file.read(bytes, position);
    }

    @Override
    public long size() throws IOException {
      return file.size();
    }

    @Override
    public FileLock tryLock(long position, long size, boolean shared) throws IOException {
      return file.tryLock(position, size, shared);
    }

    @Override
    protected void implCloseChannel() throws IOException {
      file.close();
    }
  }
}
