package io.github.ocigc.archive;

import io.github.ocigc.fixture.LayoutFixture;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** A tar as a test wants it, good or bad. */
final class TarBuilder {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes, "UTF-8");

  TarBuilder() {
    tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_GNU);
    tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_STAR);
  }

  /** The layout as {@code tar -C folder -c .} would put it, folders left out. */
  static TarBuilder of(LayoutFixture layout) {
    TarBuilder builder = new TarBuilder();
    try (Stream<Path> files = Files.walk(layout.root())) {
      List<Path> inOrder = files.filter(Files::isRegularFile).sorted().toList();
      for (Path file : inOrder) {
        builder.file(layout.root().relativize(file).toString(), Files.readAllBytes(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return builder;
  }

  TarBuilder file(String name, byte[] content) {
    return entry(new TarArchiveEntry(name, true), content, entry -> {});
  }

  TarBuilder file(String name, String content) {
    return file(name, content.getBytes(StandardCharsets.UTF_8));
  }

  TarBuilder special(String name, byte kind, String link) {
    return entry(
        new TarArchiveEntry(name, kind, true), new byte[0], entry -> entry.setLinkName(link));
  }

  TarBuilder entry(TarArchiveEntry entry, byte[] content, Consumer<TarArchiveEntry> change) {
    try {
      entry.setSize(content.length);
      change.accept(entry);
      tar.putArchiveEntry(entry);
      tar.write(content);
      tar.closeArchiveEntry();
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  byte[] bytes() {
    try {
      tar.finish();
      tar.flush();
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path at(Path file) {
    return write(file, bytes());
  }

  Path gzipAt(Path file) {
    return write(file, gzip(bytes()));
  }

  static byte[] gzip(byte[] plain) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(packed)) {
      out.write(plain);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }

  static Path write(Path file, byte[] bytes) {
    try {
      return Files.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
