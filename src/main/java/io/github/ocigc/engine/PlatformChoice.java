package io.github.ocigc.engine;

import io.github.ocigc.oci.Platform;
import java.util.List;

/**
 * Which of an index's platforms are wanted.
 *
 * @param platforms those that were asked for; empty for the usual one
 * @param all every one, and what has no platform besides
 */
public record PlatformChoice(List<Platform> platforms, boolean all) {
  public static final PlatformChoice USUAL = new PlatformChoice(List.of(), false);
  public static final PlatformChoice ALL = new PlatformChoice(List.of(), true);

  public PlatformChoice {
    platforms = List.copyOf(platforms);
  }

  public static PlatformChoice of(List<Platform> platforms) {
    return new PlatformChoice(platforms, false);
  }

  /** This choice, or the platform given where none was asked for. */
  PlatformChoice orElse(Platform usual) {
    return all || !platforms.isEmpty() ? this : of(List.of(usual));
  }

  /** True for one of those that a link's text lists, joined by commas. */
  boolean accepts(String platformsOfLink) {
    for (String text : platformsOfLink.split(",", -1)) {
      if (accepted(text)) {
        return true;
      }
    }
    return false;
  }

  private boolean accepted(String text) {
    String[] parts = text.split("/", -1);
    Platform platform =
        new Platform(parts[0], parts.length > 1 ? parts[1] : "", parts.length > 2 ? parts[2] : "");
    return platforms.stream().anyMatch(wanted -> wanted.accepts(platform));
  }
}
