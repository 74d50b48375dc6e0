package io.github.ocigc.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Replacing a file so that a crash leaves the old one or the new one, whole and on the disk. */
final class DurableFile {
  /** The mode last: a change of owner may take bits of it away. */
  private static final List<String> OWNERSHIP = List.of("gid", "uid", "mode");

  private DurableFile() {}

  /**
   * Writes pieces one after the other and fsyncs the file, which has the owner, group and mode of
   * {@code like}, as we may.
   */
  static void write(Path file, List<ByteBuffer> pieces, Path like) throws IOException {
    try (FileChannel out =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE,
            LinkOption.NOFOLLOW_LINKS)) {
      for (ByteBuffer piece : pieces) {
        ChannelSlices.drain(piece.duplicate(), out);
      }
      copyOwnership(like, file);
      out.force(true);
    }
  }

  /** Puts a written file into its place and fsyncs the folder. */
  static void rename(Path file, Path target) throws IOException {
    Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
    syncFolder(StorePaths.folderOf(target));
  }

  /** Makes renames and removals in a folder survive a power cut. */
  static void syncFolder(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /** By numbers: their names would be asked of whatever the machine has its users from. */
  private static void copyOwnership(Path from, Path to) throws IOException {
    Map<String, Object> old = ownership(from);
    Map<String, Object> now = ownership(to);
    for (String attribute : OWNERSHIP) {
      if (!Objects.equals(now.get(attribute), old.get(attribute))) {
        Files.setAttribute(to, "unix:" + attribute, old.get(attribute));
      }
    }
  }

  private static Map<String, Object> ownership(Path file) throws IOException {
    return Files.readAttributes(
        file, "unix:" + String.join(",", OWNERSHIP), LinkOption.NOFOLLOW_LINKS);
  }
}
