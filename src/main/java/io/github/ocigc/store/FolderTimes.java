package io.github.ocigc.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/**
 * When the blob folders last changed: a file that comes or goes changes that. As of one look at
 * them.
 */
public final class FolderTimes {
  /** The kernel's clock for files: at least 100 ticks a second. */
  private static final Duration CLOCK_TICK = Duration.ofMillis(20);

  private final Map<Path, Instant> changed = new TreeMap<>();
  private final Instant settled = Instant.now().minus(CLOCK_TICK);

  FolderTimes(Collection<Path> folders) {
    for (Path folder : folders) {
      try {
        changed.put(
            folder, Files.getLastModifiedTime(folder, LinkOption.NOFOLLOW_LINKS).toInstant());
      } catch (IOException e) {
        throw Refusals.of("look at", folder, e);
      }
    }
  }

  /** True if no file came or went since this stamp was given. */
  public boolean isAt(String stamp) {
    return !stamp.isEmpty() && stamp.equals(text());
  }

  /**
   * Equal to another's only if no file came or went in between. Empty, and then equal to none,
   * while a change is so young that another one would bear the same time.
   */
  public String stamp() {
    return changed.values().stream().anyMatch(at -> at.isAfter(settled)) ? "" : text();
  }

  /** As {@link #stamp}, of times that no later change will bear, however young. */
  String text() {
    StringBuilder stamp = new StringBuilder();
    changed.forEach(
        (folder, at) ->
            stamp
                .append(folder.getFileName())
                .append('=')
                .append(at.getEpochSecond()) // a date takes a quick command a hundredth of its time
                .append('.')
                .append(at.getNano())
                .append(' '));
    return stamp.toString();
  }
}
