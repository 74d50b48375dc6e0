package io.github.ocigc.damage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A file system of its own in memory, that can be full or read-only. Needs root. */
final class SmallDisk implements AutoCloseable {
  private final Path at;

  private SmallDisk(Path at) {
    this.at = at;
  }

  static boolean canBeMade() {
    try {
      return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
    } catch (IOException e) {
      return false;
    }
  }

  static SmallDisk mount(Path at, int kibibytes) {
    run("mount", "-t", "tmpfs", "-o", "size=" + kibibytes + "k", "tmpfs", at.toString());
    return new SmallDisk(at);
  }

  void readOnly() {
    run("mount", "-o", "remount,ro", at.toString());
  }

  void writable() {
    run("mount", "-o", "remount,rw", at.toString());
  }

  void resize(int kibibytes) {
    run("mount", "-o", "remount,size=" + kibibytes + "k", at.toString());
  }

  /** Leaves about so many bytes free. */
  void fill(Path filler, long free) throws IOException {
    long usable = Files.getFileStore(at).getUsableSpace();
    Files.write(filler, new byte[(int) Math.max(0, usable - free)]);
  }

  private static void run(String... command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said = new String(process.getInputStream().readAllBytes());
      if (process.waitFor() != 0) {
        throw new AssertionError(List.of(command) + ": " + said);
      }
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(List.of(command).toString(), e);
    }
  }

  /** Unmounts; what was on it is gone. */
  @Override
  public void close() {
    run("umount", at.toString());
    try (Stream<Path> left = Files.list(at)) {
      if (left.findAny().isPresent()) {
        throw new AssertionError(at + " is still mounted");
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
