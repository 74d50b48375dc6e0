package io.github.ocigc.report;

import io.github.ocigc.oci.OcigcException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Where a page goes. It appears when it is complete; a crash leaves the earlier one, and a
 * temporary file beside it.
 *
 * @param path absolute or not
 * @param replace also what is no report of ours
 */
public record ReportFile(Path path, boolean replace) {
  /**
   * To be asked before the work.
   *
   * @throws OcigcException.Unusable if there is no such folder, or something else is there
   */
  public void check() {
    if (!Files.isDirectory(folder())) {
      throw new OcigcException.Unusable(
          folder() + " is no folder: make it, or name another file for the report.");
    }
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    if (Files.isDirectory(path)) {
      throw new OcigcException.Unusable(
          path + " is a folder: name a file in it for the report, " + path.resolve("report.html"));
    }
    if (!replace && !isReport()) {
      throw new OcigcException.Unusable(
          path
              + " is there already and is no report of ours: name another file, or say --replace.");
    }
  }

  private boolean isReport() {
    byte[] beginning = ReportPage.BEGINNING.getBytes(StandardCharsets.UTF_8);
    try (InputStream in = Files.newInputStream(path)) {
      return Arrays.equals(in.readNBytes(beginning.length), beginning);
    } catch (IOException e) {
      return false; // then it is not ours to replace unasked
    }
  }

  /** Writes the page. */
  public void write(String page) {
    String random = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    Path temporary = folder().resolve(".report-" + random + ".tmp");
    try {
      Files.writeString(temporary, page, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      Files.move(temporary, path, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      remove(temporary, e);
      throw new OcigcException.Refused("The report could not be written to " + path + ".", e);
    }
  }

  private static void remove(Path temporary, IOException cause) {
    try {
      Files.deleteIfExists(temporary);
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
  }

  private Path folder() {
    return Objects.requireNonNull(path.toAbsolutePath().getParent(), "a file lies in a folder");
  }
}
