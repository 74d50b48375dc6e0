package io.github.ocigc.ledger;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.h2.message.DbException;
import org.h2.store.fs.FileBaseDefault;
import org.h2.store.fs.FilePath;

/**
 * The file system {@code copy:} of the database: copies of files, each open once and without a name
 * on the disk from then on, so that the operating system frees it when the process ends, whatever
 * ends it. Public because the database makes instances of it by reflection.
 */
public final class UnnamedFile extends FilePath {
  private static final String SCHEME = "copy";
  private static final Map<String, FileChannel> FILES = new ConcurrentHashMap<>();
  private static final AtomicInteger COUNT = new AtomicInteger();

  /**
   * Copies a file, which nobody else may have open for writing; the caller gives the copy back.
   * What a crash leaves: nothing, unless it comes between making the temporary file and removing
   * its name, which follow one another; then an empty file that only its owner can read.
   *
   * @param suffix what the database adds to the name that it is given
   * @return the name of the copy, for the database, without the suffix
   * @throws FileNotFoundException if another process writes the file
   */
  static String copyOf(Path source, String suffix) throws IOException {
    FilePath.register(new UnnamedFile());
    Path temporary = Files.createTempFile("ocigc-ledger-", ".tmp");
    FileChannel copy =
        FileChannel.open(
            temporary,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE); // which is on opening, where open files can go
    try (FileChannel from = FileChannel.open(source, StandardOpenOption.READ);
        FileLock lock = from.tryLock(0, Long.MAX_VALUE, true)) {
      if (lock == null) {
        throw new FileNotFoundException(source + " is being written by another program");
      }
      long size = from.size();
      for (long at = 0; at < size; ) {
        at += from.transferTo(at, size - at, copy);
      }
    } catch (IOException | RuntimeException e) {
      copy.close();
      throw e;
    }
    String name = SCHEME + ":ledger-" + COUNT.incrementAndGet();
    FILES.put(name + suffix, copy);
    return name;
  }

  /** Closes a copy; its bytes are gone. A second call does nothing. */
  static void discard(String name, String suffix) throws IOException {
    FileChannel copy = FILES.remove(name + suffix);
    if (copy != null) {
      copy.close();
    }
  }

  @Override
  public String getScheme() {
    return SCHEME;
  }

  @Override
  public UnnamedFile getPath(String path) {
    UnnamedFile file = new UnnamedFile();
    file.name = path;
    return file;
  }

  @Override
  public FileChannel open(String mode) throws IOException {
    FileChannel copy = FILES.get(name);
    if (copy == null) {
      throw new FileNotFoundException(name);
    }
    return new SealedChannel(new Lent(copy), !mode.equals("r"));
  }

  @Override
  public boolean exists() {
    return isDirectory() || isRegularFile();
  }

  @Override
  public boolean isRegularFile() {
    return FILES.containsKey(name);
  }

  @Override
  public boolean isDirectory() {
    return name.equals(SCHEME + ":");
  }

  @Override
  public long size() {
    try {
      FileChannel copy = FILES.get(name);
      return copy == null ? 0 : copy.size();
    } catch (IOException e) {
      throw DbException.convertIOException(e, name);
    }
  }

  @Override
  public FilePath getParent() {
    return getPath(SCHEME + ":");
  }

  @Override
  public List<FilePath> newDirectoryStream() {
    return List.of();
  }

  @Override
  public FilePath toRealPath() {
    return this;
  }

  @Override
  public boolean isAbsolute() {
    return true;
  }

  @Override
  public long lastModified() {
    return 0;
  }

  @Override
  public boolean canWrite() {
    return true;
  }

  @Override
  public boolean setReadOnly() {
    return false;
  }

  @Override
  public boolean createFile() {
    return false;
  }

  @Override
  public void createDirectory() {
    throw DbException.getUnsupportedException("a folder among unnamed files");
  }

  @Override
  public void moveTo(FilePath newName, boolean atomicReplace) {
    throw DbException.getUnsupportedException("moving an unnamed file");
  }

  @Override
  public void delete() {
    throw DbException.getUnsupportedException("deleting an unnamed file");
  }

  /** A copy as the database has it open: closing this leaves the copy open. */
  private static final class Lent extends FileBaseDefault {
    private final FileChannel file;

    Lent(FileChannel file) {
      this.file = file;
    }

    @Override
    public synchronized int read(ByteBuffer bytes, long position) throws IOException {
      return file.read(bytes, position);
    }

    @Override
    public synchronized int write(ByteBuffer bytes, long position) throws IOException {
      return file.write(bytes, position);
    }

    /** Nobody needs it after a power cut. */
    @Override
    public void force(boolean metaData) {}

    @Override
    public long size() throws IOException {
      return file.size();
    }

    @Override
    protected void implTruncate(long size) throws IOException {
      file.truncate(size);
    }

    @Override
    public synchronized FileLock tryLock(long position, long size, boolean shared)
        throws IOException {
      return file.tryLock(position, size, shared);
    }

    @Override
    protected void implCloseChannel() {}
  }
}
