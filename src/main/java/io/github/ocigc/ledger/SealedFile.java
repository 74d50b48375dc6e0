package io.github.ocigc.ledger;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;

/**
 * The file system {@code sealed:} of the database: the disk, with {@link SealedChannel} over each
 * file. Public because the database makes instances of it by reflection.
 */
public final class SealedFile extends FilePathWrapper {
  static final String SCHEME = "sealed";

  /** The last that was opened of each file, perhaps closed by now. */
  private static final Map<Path, SealedChannel> OPEN = new ConcurrentHashMap<>();

  /** Makes the scheme known to the database. A second call changes nothing. */
  static void register() {
    FilePath.register(new SealedFile());
  }

  @Override
  public String getScheme() {
    return SCHEME;
  }

  @Override
  public FileChannel open(String mode) throws IOException {
    SealedChannel channel = new SealedChannel(super.open(mode), !mode.equals("r"));
    OPEN.put(Path.of(getBase().toString()), channel);
    return channel;
  }

  /**
   * Closes the file if the database, which could not open or close it well, has left it open: it
   * would be locked for as long as this process lives.
   */
  static void abandon(Path file) throws IOException {
    SealedChannel channel = OPEN.remove(file);
    if (channel != null) {
      channel.close();
    }
  }
}
