package io.github.ocigc.store;

import io.github.ocigc.oci.Size;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * What the files of a store beside its blobs take: roots, ledger, broken-off downloads, what other
 * tools left, and the folders themselves. Neither lists the blob folders nor looks at a blob.
 */
final class OtherFiles {
  private final StorePaths paths;
  private long files;
  private Size size = Size.ZERO;

  private OtherFiles(StorePaths paths) {
    this.paths = paths;
  }

  /** Measures now; {@code strays}: what the blob folders have besides blobs, there still or not. */
  static OtherUsage of(StorePaths paths, List<Path> strays) {
    OtherFiles others = new OtherFiles(paths);
    try {
      others.add(paths.root());
      for (Path stray : strays) {
        others.add(stray);
      }
    } catch (IOException e) {
      throw Refusals.of("measure", paths.root(), e);
    }
    return new OtherUsage(others.files, others.size);
  }

  private void add(Path path) throws IOException {
    FileStat stat;
    try {
      stat = FileStat.of(path);
    } catch (NoSuchFileException gone) {
      return; // meanwhile
    }
    size = size.plus(stat.folder() ? new Size(0, stat.size().allocatedBytes()) : stat.size());
    files += stat.folder() ? 0 : 1;
    if (stat.folder() && !isBlobFolder(path)) {
      try (DirectoryStream<Path> entries = Files.newDirectoryStream(path)) {
        for (Path entry : entries) {
          add(entry);
        }
      } catch (DirectoryIteratorException e) {
        throw e.getCause();
      }
    }
  }

  /** Its entries are blobs and strays. */
  private boolean isBlobFolder(Path folder) {
    return paths.blobs().equals(folder.getParent());
  }
}
