package io.github.ocigc.archive;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** What has to be on the disk before it counts as done. */
final class Synced {
  private Synced() {}

  /** Makes what was created in a folder, or renamed, survive a power cut. */
  static void folder(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
