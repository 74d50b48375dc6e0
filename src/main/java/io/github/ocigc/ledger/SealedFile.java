package io.github.ocigc.ledger;

import java.io.IOException;
import java.nio.channels.FileChannel;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;

/**
 * The file system {@code sealed:} of the database: the disk, with {@link SealedChannel} over each
 * file. Public because the database makes instances of it by reflection.
 */
public final class SealedFile extends FilePathWrapper {
  static final String SCHEME = "sealed";

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
    return new SealedChannel(super.open(mode), !mode.equals("r"));
  }
}
