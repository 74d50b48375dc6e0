package io.github.ocigc.cli;

import io.github.ocigc.engine.TransferProgress;
import io.github.ocigc.oci.Digest;
import java.io.PrintStream;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Shows a transfer to a person who watches: a few lines that are redrawn in place. Whoever reports
 * progress draws, at most ten times a second. Safe for several threads: the monitor of the stream
 * guards all state here, and {@link Terminal} takes it for its own words, so that nothing comes
 * between two lines of one picture.
 */
final class TransferBars implements TransferProgress {
  private static final long REDRAW_MILLIS = 100;
  private static final String UP = "\033[%dA";
  private static final String ERASE_LINE = "\033[K";
  private static final String ERASE_BELOW = "\033[J";

  private final PrintStream err;
  private final LongSupplier millis;
  private final TransferPicture picture;
  private final TransferTally tally = new TransferTally();

  /** How many lines of ours are on the terminal; the cursor is at the end of the last. */
  private int drawn;

  private boolean everDrawn;
  private long drawnMillis;
  private boolean over;

  /**
   * @param width of the terminal, in columns
   * @param millis a clock that never goes back
   */
  TransferBars(PrintStream err, int width, LongSupplier millis) {
    this.err = err;
    this.millis = millis;
    this.picture = new TransferPicture(width);
  }

  @Override
  public void planned(String what, int blobs, long bytes) {
    synchronized (err) {
      tally.planned(what, blobs, bytes);
      draw();
    }
  }

  @Override
  public void began(Digest digest, long bytes, long from) {
    synchronized (err) {
      tally.began(digest, bytes, from, millis.getAsLong());
      draw();
    }
  }

  @Override
  public void moved(Digest digest, long bytes) {
    synchronized (err) {
      tally.moved(digest, bytes, millis.getAsLong());
      draw();
    }
  }

  @Override
  public void ended(Digest digest, String how) {
    synchronized (err) {
      tally.ended(digest, how);
      draw();
    }
  }

  @Override
  public void over() {
    synchronized (err) {
      over = true;
      erase();
    }
  }

  /** Leaves the cursor where the first line began, with nothing behind it. */
  void erase() {
    synchronized (err) {
      if (drawn > 0) {
        err.print(home() + ERASE_BELOW);
        err.flush();
        drawn = 0;
      }
    }
  }

  private void draw() {
    long now = millis.getAsLong();
    if (over || (everDrawn && now - drawnMillis < REDRAW_MILLIS)) {
      return;
    }
    everDrawn = true;
    drawnMillis = now;
    List<String> lines = picture.of(tally, now);
    err.print(home() + String.join(ERASE_LINE + "\n", lines) + ERASE_LINE + ERASE_BELOW);
    err.flush();
    drawn = lines.size();
  }

  private String home() {
    return drawn > 1 ? "\r" + UP.formatted(drawn - 1) : "\r";
  }
}
