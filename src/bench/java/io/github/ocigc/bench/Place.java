package io.github.ocigc.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** Where a store lies. */
public enum Place {
  /** On the disk of the property {@code bench.work}. */
  DISK(Path.of(System.getProperty("bench.work", "target/bench-stores"))),
  /** On Linux's tmpfs: an fsync costs nothing. What is made here goes at the end of a trial. */
  MEMORY(Path.of("/dev/shm/ocigc-bench"));

  private final Path folder;

  Place(Path folder) {
    this.folder = folder;
  }

  /** A path for something in here; its folder exists. */
  Path path(String name) throws IOException {
    return Files.createDirectories(folder.toAbsolutePath()).resolve(name);
  }

  /** The end of a trial. */
  void leave() throws IOException {
    if (this == MEMORY) {
      remove(folder);
    }
  }

  /** Removes a folder and all that is in it, if it is there. */
  static void remove(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> found = Files.walk(folder)) {
      found.sorted(Comparator.reverseOrder()).forEach(Place::delete);
    }
  }

  private static void delete(Path path) {
    try {
      Files.delete(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
