package io.github.ocigc.ledger;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.util.List;
import java.util.Optional;
import org.h2.store.fs.FileBaseDefault;

/**
 * The database's file, in which a commit is there once its chunk is on the disk and the header
 * names it, and not before: the chunk is written and fsynced, then the header is written and
 * fsynced. The database's own headers, which name the chunk before, are dropped.
 *
 * <p>What a crash leaves: the header as it was, and all that it needs; or the header as it is to
 * be. A chunk that is newer than the header may be torn; the database would find it, and is shown
 * zeros instead. What stands in the way of a new chunk is empty in the newest commit, by the
 * database's own rule. Access is serialised, as the database does it anyway.
 *
 * <p>The database must not move chunks, which it does when it closes with time to compact, and in a
 * background writer.
 */
final class SealedChannel extends FileBaseDefault {
  private final FileChannel file;
  private final boolean writable;
  private Optional<StoreHeader> header = Optional.empty();
  private boolean inUse;

  /** Of what the file holds, some may not be on the disk; what another process wrote, perhaps. */
  private boolean unsynced = true;

  SealedChannel(FileChannel file, boolean writable) {
    this.file = file;
    this.writable = writable;
  }

  /** Reads the header: nobody else changes it now. */
  @Override
  public synchronized FileLock tryLock(long position, long size, boolean shared)
      throws IOException {
    FileLock lock = file.tryLock(position, size, shared);
    if (lock != null && file.size() >= StoreHeader.BYTES) {
      List<Optional<StoreHeader>> copies = headers(file);
      Optional<StoreHeader> first = copies.get(0);
      Optional<StoreHeader> second = copies.get(1);
      header = newer(first, second);
      if (writable && header.isPresent() && !same(first, second)) {
        writeHeader(header.get()); // the power went between the two
      }
    }
    return lock;
  }

  /** By their fields: a record's own comparison is put together anew in each process, for 14 ms. */
  private static boolean same(Optional<StoreHeader> first, Optional<StoreHeader> second) {
    return first.map(StoreHeader::fields).equals(second.map(StoreHeader::fields));
  }

  private static Optional<StoreHeader> newer(
      Optional<StoreHeader> first, Optional<StoreHeader> second) {
    boolean later =
        first.isEmpty() || (second.isPresent() && second.get().version() > first.get().version());
    return later ? second : first;
  }

  /** Both copies of the header, empty where they are not whole. */
  static List<Optional<StoreHeader>> headers(FileChannel file) throws IOException {
    return List.of(readHeader(file, 0), readHeader(file, StoreHeader.COPY_BYTES));
  }

  private static Optional<StoreHeader> readHeader(FileChannel file, long at) throws IOException {
    ByteBuffer copy = ByteBuffer.allocate(StoreHeader.COPY_BYTES);
    while (copy.hasRemaining() && file.read(copy, at + copy.position()) > 0) {}
    return StoreHeader.parse(copy.array());
  }

  private void writeHeader(StoreHeader named) throws IOException {
    for (long at = 0; at < StoreHeader.BYTES; at += StoreHeader.COPY_BYTES) {
      writeAll(named.copy(), at);
    }
    sync(false);
    header = Optional.of(named);
  }

  private void sync(boolean metaData) throws IOException {
    file.force(metaData);
    unsynced = false;
  }

  private void writeAll(ByteBuffer bytes, long at) throws IOException {
    unsynced = true;
    for (long position = at; bytes.hasRemaining(); ) {
      position += file.write(bytes, position);
    }
  }

  @Override
  public synchronized int write(ByteBuffer bytes, long position) throws IOException {
    int length = bytes.remaining();
    if (position == 0) {
      writeTheirs(bytes);
      return length;
    }
    Optional<WrittenChunk> chunk = WrittenChunk.in(bytes, position);
    if (chunk.isPresent() && !inUse && header.isPresent()) {
      writeHeader(header.get().opened()); // before anything that it lists may be written over
      inUse = true;
    }
    writeAll(bytes, position);
    if (chunk.isPresent() && header.isPresent()) {
      seal(chunk.get());
    }
    return length;
  }

  /** A header of the database's: the first of all, or the one with which it closes the file. */
  private void writeTheirs(ByteBuffer bytes) throws IOException {
    byte[] copy = new byte[StoreHeader.COPY_BYTES];
    bytes.duplicate().get(copy);
    Optional<StoreHeader> theirs = StoreHeader.parse(copy);
    if (header.isEmpty()) {
      header = theirs;
      writeAll(bytes, 0);
    } else if (inUse && theirs.isPresent() && theirs.get().clean()) {
      writeHeader(header.get().closed());
      inUse = false;
    }
    bytes.position(bytes.limit());
  }

  private void seal(WrittenChunk chunk) throws IOException {
    sync(true);
    writeHeader(header.orElseThrow().naming(chunk));
  }

  /** Nothing, right after a commit, which has fsynced: a disk's cache may take 10 ms to empty. */
  @Override
  public synchronized void force(boolean metaData) throws IOException {
    if (unsynced) {
      sync(metaData);
    }
  }

  @Override
  public synchronized int read(ByteBuffer bytes, long position) throws IOException {
    int begin = bytes.position();
    int length = file.read(bytes, position);
    if (length > 0 && header.isPresent() && header.get().sealed()) {
      long sealed = header.get().version();
      ByteBuffer read = bytes.duplicate().flip().position(begin);
      if (WrittenChunk.in(read, position).filter(c -> c.version() > sealed).isPresent()) {
        hide(bytes, begin, length, position);
      }
    }
    return length;
  }

  /** In the file too: when commits have got as far as its version, it would be taken for one. */
  private void hide(ByteBuffer bytes, int begin, int length, long position) throws IOException {
    ByteBuffer zeros = ByteBuffer.allocate(length);
    bytes.duplicate().position(begin).put(zeros.duplicate());
    if (writable) {
      writeAll(zeros, position);
    }
  }

  @Override
  public long size() throws IOException {
    return file.size();
  }

  @Override
  protected synchronized void implTruncate(long size) throws IOException {
    unsynced = true;
    file.truncate(size);
  }

  @Override
  protected void implCloseChannel() throws IOException {
    file.close();
  }

  @Override
  public String toString() {
    return file.toString();
  }
}
