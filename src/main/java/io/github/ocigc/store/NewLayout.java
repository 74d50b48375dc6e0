package io.github.ocigc.store;

import io.github.ocigc.oci.OcigcException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Making an empty OCI layout (image-spec 1.1, image-layout.md). The file {@code oci-layout} comes
 * last, so that what a crash leaves is taken for an empty folder still.
 */
final class NewLayout {
  private static final String INDEX =
      "{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.index.v1+json\","
          + "\"manifests\":[]}";
  private static final String LAYOUT = "{\"imageLayoutVersion\":\"1.0.0\"}";

  private NewLayout() {}

  /** True for a folder that is empty or not there, and for one in which {@link #make} died. */
  static boolean canBeMadeIn(Path folder) {
    if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      Path parent = folder.toAbsolutePath().getParent();
      return parent != null && Files.isDirectory(parent);
    }
    if (!Files.isDirectory(folder)) {
      return false;
    }
    try (Stream<Path> entries = Files.list(folder)) {
      Set<String> names =
          entries.map(entry -> String.valueOf(entry.getFileName())).collect(Collectors.toSet());
      return Set.of("blobs", "index.json", StorePaths.OWN_FOLDER).containsAll(names)
          && isUntouched(folder.resolve("index.json"))
          && hasNoFiles(folder.resolve("blobs"));
    } catch (IOException e) {
      throw Refusals.of("look into", folder, e);
    }
  }

  /** Blobs without an index were somebody's: they are not to become leftovers of ours. */
  private static boolean hasNoFiles(Path blobs) throws IOException {
    if (!Files.exists(blobs, LinkOption.NOFOLLOW_LINKS)) {
      return true;
    }
    try (Stream<Path> below = Files.walk(blobs)) {
      return below.allMatch(path -> Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS));
    }
  }

  private static boolean isUntouched(Path index) throws IOException {
    return !Files.exists(index)
        || (Files.size(index) <= INDEX.length() && INDEX.startsWith(Files.readString(index)));
  }

  static void make(Path folder, Duration lockWait) {
    try {
      Files.createDirectories(folder);
      StorePaths paths = new StorePaths(folder.toRealPath(), "blobs");
      try (StoreLock lock = StoreLock.take(paths, "new store", lockWait, holder -> {})) {
        if (!Files.exists(paths.ociLayout())) {
          Files.createDirectories(paths.blobs().resolve("sha256"));
          write(paths.indexJson(), INDEX);
          write(paths.ociLayout(), LAYOUT);
          DurableFile.syncFolder(paths.root());
        }
      }
    } catch (FileAlreadyExistsException e) {
      throw new OcigcException.Unusable(folder + " is not a folder.");
    } catch (IOException e) {
      throw Refusals.of("make an OCI layout in", folder, e);
    }
  }

  private static void write(Path file, String text) throws IOException {
    Path temporary =
        file.resolveSibling(StorePaths.OWN_FOLDER).resolve(file.getFileName() + ".tmp");
    try (FileChannel out =
        FileChannel.open(
            temporary,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      out.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
      out.force(true);
    }
    DurableFile.rename(temporary, file);
  }
}
