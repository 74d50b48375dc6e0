package io.github.ocigc.store;

import io.github.ocigc.oci.OcigcException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Words for what the operating system refused. */
public final class Refusals {
  private Refusals() {}

  /** An error that says what was tried, on which file, and why it did not work. */
  public static OcigcException of(String tried, Path path, IOException e) {
    return new OcigcException.Refused(
        "Could not " + tried + " " + path + ": " + reason(e) + ".", e);
  }

  /** A few words without the path. */
  public static String reason(IOException e) {
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (e instanceof NoSuchFileException) {
      return "no such file";
    }
    if (e instanceof FileSystemException f && f.getReason() != null) {
      return f.getReason().toLowerCase(java.util.Locale.ROOT);
    }
    String message = e.getMessage();
    return message == null ? e.getClass().getSimpleName() : message;
  }
}
