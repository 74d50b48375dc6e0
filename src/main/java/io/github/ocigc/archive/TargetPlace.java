package io.github.ocigc.archive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/**
 * The place that an export is to have in the end, and the temporary name beside it that it has
 * until then.
 */
record TargetPlace(Path target, boolean folder, boolean replace) {
  private static final int LONGEST_PREFIX = 40;

  /** Refuses a place that is taken, before the work and again at its end. */
  void check() {
    Path parent = parent();
    if (!Files.isDirectory(parent)) {
      throw Trouble.unusable(parent.toString(), "is no folder: make it, or name another file");
    }
    if (!Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    if (folder) {
      checkFolder();
    } else if (!Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS)) {
      throw Trouble.unusable(
          target.toString(), "is there already and is not a file: name another file");
    } else if (!replace) {
      throw Trouble.unusable(
          target.toString(), "is there already: name another file, or say --replace");
    }
  }

  private void checkFolder() {
    if (!Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
      throw Trouble.unusable(
          target.toString(),
          "is there already and is not a folder: name a new folder, or a file that ends with .tar");
    }
    try (Stream<Path> inside = Files.list(target)) {
      if (inside.findAny().isPresent()) {
        throw Trouble.unusable(
            target.toString(),
            "is a folder that is not empty, and is not written over. To add to a layout, export to"
                + " a file and take it in there with 'ocigc-ledger --store "
                + target
                + " import FILE'; else name a new folder");
      }
    } catch (IOException e) {
      throw Trouble.refused("look into", target, e);
    }
  }

  Path temporary() {
    String name = String.valueOf(target.getFileName());
    String random = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
    return parent()
        .resolve(
            "."
                + name.substring(0, Math.min(name.length(), LONGEST_PREFIX))
                + "."
                + random
                + ".tmp");
  }

  /** Gives what is complete its name, durably. An empty folder there is replaced. */
  void take(Path temporary) throws IOException {
    check();
    Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
    Synced.folder(parent());
  }

  private Path parent() {
    Path parent = target.toAbsolutePath().getParent();
    return parent == null ? target.toAbsolutePath() : parent;
  }
}
