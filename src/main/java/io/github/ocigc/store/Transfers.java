package io.github.ocigc.store;

import io.github.ocigc.oci.Lease;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The transfers of a store that are under way, in this process or others: a folder each below
 * {@code .ocigc/transfers}, locked for as long as its process lives. Callers hold the store's lock,
 * under which alone transfers begin and dead ones are cleared away.
 */
public final class Transfers {
  /** After that, what a broken-off transfer left is no longer worth its space. */
  private static final Duration PARTIAL_KEPT = Duration.ofHours(24);

  private final StorePaths paths;

  Transfers(StorePaths paths) {
    this.paths = paths;
  }

  /**
   * Begins a transfer that holds nothing yet. It outlives the store's lock.
   *
   * @param what says what it does, for people
   */
  public Transfer begin(String what) {
    return Transfer.begin(paths, what);
  }

  /**
   * The leases of those under way. Folders of dead ones are cleared away: what they had downloaded
   * of large blobs stays for a day, for a transfer that wants to go on with it.
   */
  public List<Lease> live() {
    List<Lease> live = new ArrayList<>();
    for (Path folder : list(paths.transfers())) {
      if (!Transfer.isOne(folder)) {
        continue;
      }
      Optional<ProcessLock> dead = lockOf(folder);
      if (dead.isPresent()) {
        try (ProcessLock lock = dead.get()) {
          PartialBlobs.of(paths).clearAway(folder);
        }
      } else {
        LeaseFile.read(folder).ifPresent(live::add);
      }
    }
    removeIfEmpty(paths.transfers());
    PartialBlobs.of(paths).bytesOlderThan(FileTime.from(Instant.now().minus(PARTIAL_KEPT)), true);
    return live;
  }

  private static Optional<ProcessLock> lockOf(Path folder) {
    try {
      return Transfer.lockOf(folder);
    } catch (IOException e) {
      throw Refusals.of("look at the transfer", folder, e);
    }
  }

  static void removeIfEmpty(Path folder) {
    if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS) && list(folder).isEmpty()) {
      try {
        Files.deleteIfExists(folder);
      } catch (DirectoryNotEmptyException begun) {
        return; // another transfer begins in it
      } catch (IOException e) {
        throw Refusals.of("clear away", folder, e);
      }
    }
  }

  static List<Path> list(Path folder) {
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      return List.of();
    }
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      entries.forEach(found::add);
      return found;
    } catch (NoSuchFileException gone) {
      return List.of();
    } catch (IOException e) {
      throw Refusals.of("list", folder, e);
    }
  }
}
