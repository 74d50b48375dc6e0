package io.github.ocigc.transfer;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** Archives of a folder, as {@code tar} makes them, and with entries that tar would not make. */
final class Tars {
  private Tars() {}

  /** By the file's name a tar or a tar.gz of a folder. */
  static Path of(Path folder, Path file) {
    return of(folder, file, Map.of());
  }

  /** With these entries before the others: a name and a content, or {@code -> target} for links. */
  static Path of(Path folder, Path file, Map<String, String> more) {
    try (OutputStream out = Files.newOutputStream(file);
        OutputStream packed = file.toString().endsWith("gz") ? new GZIPOutputStream(out) : out;
        TarArchiveOutputStream tar = new TarArchiveOutputStream(packed, "UTF-8");
        Stream<Path> files = Files.walk(folder)) {
      for (Map.Entry<String, String> entry : more.entrySet()) {
        strange(tar, entry.getKey(), entry.getValue());
      }
      List<Path> inOrder = files.filter(Files::isRegularFile).sorted().toList();
      for (Path path : inOrder) {
        if (!path.startsWith(folder.resolve(".ocigc"))) {
          add(tar, folder.relativize(path).toString(), Files.readAllBytes(path));
        }
      }
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void strange(TarArchiveOutputStream tar, String name, String content)
      throws IOException {
    if (content.startsWith("-> ")) {
      TarArchiveEntry link = new TarArchiveEntry(name, TarArchiveEntry.LF_SYMLINK, true);
      link.setLinkName(content.substring(3));
      tar.putArchiveEntry(link);
      tar.closeArchiveEntry();
    } else {
      add(tar, name, content.getBytes(StandardCharsets.UTF_8));
    }
  }

  private static void add(TarArchiveOutputStream tar, String name, byte[] bytes)
      throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name, true);
    entry.setSize(bytes.length);
    tar.putArchiveEntry(entry);
    tar.write(bytes);
    tar.closeArchiveEntry();
  }
}
