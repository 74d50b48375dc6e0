package io.github.ocigc.engine;

/**
 * How images are pulled.
 *
 * @param referrers also signatures, SBOMs and whatever else speaks of what is pulled
 * @param jobs how many blobs are transferred at a time
 */
public record PullOptions(PlatformChoice platforms, boolean referrers, int jobs) {
  public static final PullOptions PLAIN = new PullOptions(PlatformChoice.USUAL, false, 4);
}
