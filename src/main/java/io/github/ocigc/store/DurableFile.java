package io.github.ocigc.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.function.BooleanSupplier;

/** Replacing a file so that a crash leaves the old one or the new one, whole and on the disk. */
final class DurableFile {
  private DurableFile() {}

  /**
   * Writes {@code bytes} to {@code temporary}, fsyncs it, renames it over {@code target} and fsyncs
   * the folder. Owner, group and mode of {@code target} are kept as far as we may. If this throws,
   * {@code target} is as it was.
   *
   * @param wanted asked right before the rename, since writing and fsyncing take their time
   * @return false if the answer was no: then {@code target} is as it was
   */
  static boolean replace(
      Path target, Path temporary, byte[] bytes, BooleanSupplier wanted, Steps steps)
      throws IOException {
    try {
      try (FileChannel out =
          FileChannel.open(
              temporary,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE,
              LinkOption.NOFOLLOW_LINKS)) {
        for (ByteBuffer buffer = ByteBuffer.wrap(bytes); buffer.hasRemaining(); ) {
          out.write(buffer);
        }
        copyOwnership(target, temporary);
        out.force(true);
      }
      steps.reached("roots-written");
      if (!wanted.getAsBoolean()) {
        Files.delete(temporary);
        return false;
      }
      Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException | RuntimeException e) {
      Files.deleteIfExists(temporary);
      throw e;
    }
    syncFolder(StorePaths.folderOf(target));
    return true;
  }

  /** Makes renames and removals in a folder survive a power cut. */
  static void syncFolder(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static void copyOwnership(Path from, Path to) throws IOException {
    PosixFileAttributes old =
        Files.readAttributes(from, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    PosixFileAttributeView view = Files.getFileAttributeView(to, PosixFileAttributeView.class);
    PosixFileAttributes now = view.readAttributes();
    if (!now.group().equals(old.group())) {
      view.setGroup(old.group());
    }
    if (!now.owner().equals(old.owner())) {
      view.setOwner(old.owner());
    }
    view.setPermissions(old.permissions());
  }
}
