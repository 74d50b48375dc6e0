package io.github.ocigc.archive;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** The paths that entries of a tar have and point to. They name entries, never files of ours. */
final class EntryName {
  private EntryName() {}

  /**
   * The name of an entry without the {@code ./} that some tools put in front and the slash that
   * ends a folder. Empty for one that is absolute or climbs with {@code ..}, even if it would come
   * down again inside.
   */
  static Optional<String> normal(String name) {
    if (name.startsWith("/") || name.indexOf('\0') >= 0) {
      return Optional.empty();
    }
    Deque<String> parts = new ArrayDeque<>();
    for (String part : name.split("/", -1)) {
      if (part.equals("..")) {
        return Optional.empty();
      }
      if (!part.isEmpty() && !part.equals(".")) {
        parts.addLast(part);
      }
    }
    return Optional.of(String.join("/", parts));
  }

  /** Where a symbolic link points inside of the archive; empty if it leads out of it. */
  static Optional<String> linked(String from, String target) {
    if (target.startsWith("/")) {
      return Optional.empty();
    }
    Deque<String> parts = new ArrayDeque<>();
    int slash = from.lastIndexOf('/');
    String path = (slash < 0 ? "" : from.substring(0, slash + 1)) + target;
    for (String part : path.split("/", -1)) {
      if (part.equals("..")) {
        if (parts.pollLast() == null) {
          return Optional.empty();
        }
      } else if (!part.isEmpty() && !part.equals(".")) {
        parts.addLast(part);
      }
    }
    return Optional.of(String.join("/", parts));
  }
}
