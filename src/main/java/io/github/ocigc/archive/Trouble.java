package io.github.ocigc.archive;

import io.github.ocigc.oci.OcigcException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Locale;

/** Words for what is wrong with an archive, and for what the operating system refused. */
final class Trouble {
  private static final int LONGEST_NAME = 200;

  private Trouble() {}

  /** It is an archive of images, and something in it is not as it has to be. */
  static OcigcException damaged(String shown, String why) {
    return new OcigcException.Damaged(
        shown + " cannot be trusted: " + why + ". Make or fetch it again.");
  }

  /** It cannot be read to its end. */
  static OcigcException unreadable(String shown, IOException e) {
    return damaged(shown, "it cannot be read to its end: " + reason(e));
  }

  static OcigcException unusable(String shown, String why) {
    return new OcigcException.Unusable(shown + " " + why + ".");
  }

  static OcigcException refused(String tried, Object on, IOException e) {
    return new OcigcException.Refused("Could not " + tried + " " + on + ": " + reason(e) + ".", e);
  }

  /** A name out of an archive, in quotes and not longer than a person would read. */
  static String quoted(String name) {
    return name.length() <= LONGEST_NAME
        ? "'" + name + "'"
        : "'" + name.substring(0, LONGEST_NAME) + "…'";
  }

  static String reason(IOException e) {
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (e instanceof NoSuchFileException) {
      return "no such file";
    }
    if (e instanceof FileSystemException f && f.getReason() != null) {
      return f.getReason().toLowerCase(Locale.ROOT);
    }
    if (e instanceof com.fasterxml.jackson.core.JacksonException json) {
      return json.getOriginalMessage();
    }
    String message = e.getMessage();
    if (message == null) {
      return e instanceof EOFException ? "it ends too early" : e.getClass().getSimpleName();
    }
    return message;
  }
}
