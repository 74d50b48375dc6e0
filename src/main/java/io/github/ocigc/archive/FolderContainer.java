package io.github.ocigc.archive;

import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A folder; each file is fsynced when it is closed. */
final class FolderContainer implements Container {
  private final Path root;
  private final List<Path> folders = new ArrayList<>();

  FolderContainer(Path root) throws IOException {
    this.root = root;
    Files.createDirectory(root);
    folders.add(root);
  }

  @Override
  public void folder(String name) throws IOException {
    Path folder = root.resolve(name);
    Files.createDirectory(folder);
    folders.add(folder);
  }

  @Override
  public OutputStream file(String name, long size) throws IOException {
    FileChannel channel =
        FileChannel.open(
            root.resolve(name), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    return new FilterOutputStream(new BufferedOutputStream(Channels.newOutputStream(channel))) {
      @Override
      public void write(byte[] bytes, int from, int length) throws IOException {
        out.write(bytes, from, length);
      }

      @Override
      public void close() throws IOException {
        try (channel) {
          out.flush();
          channel.force(true);
        }
      }
    };
  }

  @Override
  public void complete() throws IOException {
    for (Path folder : folders) {
      Synced.folder(folder);
    }
  }

  @Override
  public void abandon() {
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException | UncheckedIOException leftBehind) {
      // its name says that it is temporary, and the error that brought us here matters more
    }
  }
}
