package io.github.ocigc.store;

import io.github.ocigc.oci.Size;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/**
 * What the file system says of a path itself, not of what a link points to. Java does not tell how
 * many blocks a file takes; the kernel is asked, and where it cannot be, a file is taken to fill
 * whole blocks and a link none.
 *
 * @param regular a file, and no link, folder or device
 */
record FileStat(boolean regular, boolean folder, Size size) {
  /** Of file systems that do not say. */
  private static final long USUAL_BLOCK_BYTES = 4096;

  /**
   * One look.
   *
   * @throws java.nio.file.NoSuchFileException if there is nothing
   */
  static FileStat of(Path path) throws IOException {
    Optional<FileStat> stat = Statx.of(path);
    return stat.isPresent() ? stat.get() : portable(path);
  }

  /** By what Java has. */
  static FileStat portable(Path path) throws IOException {
    BasicFileAttributes file =
        Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    long blocks =
        file.isSymbolicLink() ? 0 : (file.size() + USUAL_BLOCK_BYTES - 1) / USUAL_BLOCK_BYTES;
    return new FileStat(
        file.isRegularFile(),
        file.isDirectory(),
        new Size(file.size(), blocks * USUAL_BLOCK_BYTES));
  }
}
