package io.github.ocigc.archive;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Finds out what kind of source is there. */
final class Opening {
  private Opening() {}

  static ImageSource of(Path path, Path scratch, long manifestLimitBytes) {
    if (Files.isDirectory(path)) {
      return LayoutFolder.open(path, manifestLimitBytes);
    }
    if (!Files.exists(path)) {
      throw Trouble.unusable(path.toString(), "does not exist: give a folder or an archive");
    }
    if (Files.isRegularFile(path)) {
      return archive(ArchiveFile.of(path.toString(), path), manifestLimitBytes, () -> {});
    }
    try (InputStream in = Files.newInputStream(path)) {
      return of(in, path.toString(), scratch, manifestLimitBytes);
    } catch (IOException e) {
      throw Trouble.refused("read", path, e);
    }
  }

  static ImageSource of(InputStream in, String shown, Path scratch, long manifestLimitBytes) {
    Path copy = spool(in, shown, scratch);
    Runnable remove = () -> remove(copy);
    try {
      return archive(ArchiveFile.of(shown, copy), manifestLimitBytes, remove);
    } catch (RuntimeException e) {
      remove.run();
      throw e;
    }
  }

  private static ImageSource archive(ArchiveFile file, long manifestLimitBytes, Runnable atClose) {
    TarContents contents = TarContents.of(file, manifestLimitBytes);
    if (contents.only(OciArchive.INDEX).isPresent()) {
      return OciArchive.of(contents, atClose);
    }
    if (contents.only(DockerArchive.LIST).isPresent()) {
      return DockerArchive.of(contents, atClose);
    }
    throw Trouble.unusable(
        file.shown(),
        "is a tar, but no archive of images: it has neither index.json (OCI) nor manifest.json"
            + " (docker save) at its top"
            + deeper(contents));
  }

  /** A layout that was archived as a folder and not from inside of it. */
  private static String deeper(TarContents contents) {
    return contents.entries().keySet().stream()
        .filter(name -> name.endsWith("/index.json") || name.endsWith("/manifest.json"))
        .findFirst()
        .map(name -> ". It has " + Trouble.quoted(name) + ": archive that folder from inside of it")
        .orElse("");
  }

  private static Path spool(InputStream in, String shown, Path scratch) {
    Path copy;
    try {
      copy = Files.createTempFile(scratch, "incoming", ".tar");
    } catch (IOException e) {
      throw Trouble.refused("make a file for what comes from " + shown + " in", scratch, e);
    }
    try {
      Files.copy(in, copy, StandardCopyOption.REPLACE_EXISTING);
      return copy;
    } catch (IOException e) {
      remove(copy);
      throw Trouble.refused("copy what comes from " + shown + " to", copy, e);
    }
  }

  private static void remove(Path copy) {
    try {
      Files.deleteIfExists(copy);
    } catch (IOException e) {
      copy.toFile().deleteOnExit(); // it has its bytes, and nobody is waiting for them
    }
  }
}
