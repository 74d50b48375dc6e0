package io.github.ocigc.store;

import io.github.ocigc.oci.Digest;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.regex.Pattern;

/**
 * What is here of large blobs whose transfer broke off, below {@code .ocigc/partial}: not blobs,
 * and trusted by nobody before their hash is checked. A later transfer goes on with them.
 */
public final class PartialBlobs {
  /** Below that, fetching it again costs less than remembering it. */
  static final long WORTH_KEEPING_BYTES = 1L << 20;

  private static final Pattern BLOB = Pattern.compile("sha(256|512)-[0-9a-f]+");

  private final StorePaths paths;

  private PartialBlobs(StorePaths paths) {
    this.paths = paths;
  }

  static PartialBlobs of(StorePaths paths) {
    return new PartialBlobs(paths);
  }

  static String name(Digest digest) {
    return digest.algorithm() + "-" + digest.encoded();
  }

  /**
   * Moves what an earlier transfer left of a blob to {@code file}; does nothing if it left none.
   */
  void adopt(Digest digest, Path file) throws IOException {
    try {
      Files.move(paths.partial().resolve(name(digest)), file, StandardCopyOption.ATOMIC_MOVE);
    } catch (NoSuchFileException none) {
      return; // or another transfer has taken it
    }
  }

  /**
   * Keeps what is worth it of a transfer's folder, and removes the folder but for strange files.
   */
  void clearAway(Path transfer) {
    try {
      for (Path file : Transfers.list(transfer)) {
        String name = String.valueOf(file.getFileName());
        if (BLOB.matcher(name).matches() && Files.size(file) >= WORTH_KEEPING_BYTES) {
          Files.createDirectories(paths.partial());
          Files.move(file, paths.partial().resolve(name), StandardCopyOption.ATOMIC_MOVE);
        } else if (BLOB.matcher(name).matches() || Transfer.isOwnFile(name)) {
          Files.deleteIfExists(file);
        }
      }
      Files.deleteIfExists(transfer);
    } catch (DirectoryNotEmptyException e) {
      return; // something in it is not ours
    } catch (IOException e) {
      throw Refusals.of("clear away", transfer, e);
    }
  }

  /** Bytes of what was last written before then; with {@code remove}, they are gone. */
  public long bytesOlderThan(FileTime time, boolean remove) {
    long bytes = 0;
    try {
      for (Path file : Transfers.list(paths.partial())) {
        if (Files.getLastModifiedTime(file).compareTo(time) < 0) {
          bytes += Files.size(file);
          if (remove) {
            Files.deleteIfExists(file);
          }
        }
      }
      if (remove) {
        Transfers.removeIfEmpty(paths.partial());
      }
      return bytes;
    } catch (NoSuchFileException e) {
      return bytes; // a transfer has just adopted it
    } catch (IOException e) {
      throw Refusals.of("clear away", paths.partial(), e);
    }
  }

  /** How many there are, and their bytes. */
  public record Usage(int blobs, long bytes) {}

  public Usage usage() {
    int blobs = 0;
    long bytes = 0;
    for (Path file : Transfers.list(paths.partial())) {
      blobs++;
      bytes += file.toFile().length(); // 0 if a transfer has just adopted it
    }
    return new Usage(blobs, bytes);
  }
}
