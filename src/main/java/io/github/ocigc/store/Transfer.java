package io.github.ocigc.store;

import io.github.ocigc.oci.Digest;
import io.github.ocigc.oci.Lease;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * A pull, push, import or export that is under way: a folder that holds its lease and the blobs
 * that are coming in. If the process dies the folder stays, its lock does not, and the next command
 * clears it away. {@link #ingest} is safe for many threads.
 */
public final class Transfer implements AutoCloseable {
  /** Beside the blobs that are coming in; an archive's bytes that can be read only once. */
  private static final Pattern OWN_FILE =
      Pattern.compile("lock|lease|lease\\.new|incoming[0-9]+\\.tar");

  private static final int ATTEMPTS = 10;

  private final StorePaths paths;
  private final Path folder;
  private final String owner;
  private final ProcessLock lock;
  private boolean over;

  private Transfer(StorePaths paths, Path folder, String owner, ProcessLock lock) {
    this.paths = paths;
    this.folder = folder;
    this.owner = owner;
    this.lock = lock;
  }

  static Transfer begin(StorePaths paths, String what) {
    Path folder = paths.transfers().resolve(UUID.randomUUID().toString());
    for (int attempt = 1; ; attempt++) {
      try {
        Files.createDirectories(folder);
        String owner = ProcessLock.signature(what);
        ProcessLock lock =
            lockOf(folder)
                .orElseThrow(() -> new IllegalStateException(folder + " is locked already"));
        return new Transfer(paths, folder, owner, lock);
      } catch (NoSuchFileException e) {
        if (attempt == ATTEMPTS) {
          throw Refusals.of("begin a transfer in", folder, e);
        } // another one has just ended, and taken the empty folder above with it
      } catch (IOException e) {
        throw Refusals.of("begin a transfer in", folder, e);
      }
    }
  }

  /** The lock of a transfer's folder; empty while its process lives. */
  static Optional<ProcessLock> lockOf(Path folder) throws IOException {
    return ProcessLock.attempt(folder.resolve("lock"), "").lock();
  }

  /** True for a file in a transfer's folder that goes with it. */
  static boolean isOwnFile(String name) {
    return OWN_FILE.matcher(name).matches();
  }

  /** True for a folder with the name of a transfer's. */
  static boolean isOne(Path folder) {
    return Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
        && String.valueOf(folder.getFileName())
            .matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
  }

  /** Where its files are. */
  public Path folder() {
    return folder;
  }

  public String id() {
    return String.valueOf(folder.getFileName());
  }

  /**
   * Holds these, whether they are here or not, from the moment when the ledger has taken it in.
   * Callers have the store's lock. Once.
   */
  public void hold(Collection<Digest> digests) {
    LeaseFile.write(folder, new Lease(id(), owner, List.copyOf(digests)));
  }

  /** Takes in one blob; goes on with what an earlier transfer left of it. */
  public Ingest ingest(BlobFolder blobs, Digest digest) {
    Path file = folder.resolve(PartialBlobs.name(digest));
    try {
      PartialBlobs.of(paths).adopt(digest, file);
      return new Ingest(blobs, digest, file);
    } catch (IOException e) {
      throw Refusals.of("write", file, e);
    }
  }

  /**
   * Ends it: the folder goes, and with it the lease as soon as the ledger catches up. What there is
   * of a large blob that did not come to its end stays for another transfer. A second call does
   * nothing.
   */
  @Override
  public void close() {
    if (!over) {
      over = true;
      try (lock) {
        PartialBlobs.of(paths).clearAway(folder);
        Transfers.removeIfEmpty(paths.transfers());
      }
    }
  }
}
