package io.github.ocigc.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** The lines that show how far a transfer is, none of them wider than the terminal. */
final class TransferPicture {
  private static final int MOST_BLOBS = 8;
  private static final int LONGEST_BAR = 32;
  private static final int SHORTEST_BAR = 10;
  private static final int SHORTEST_NAME = 8;
  private static final String GAP = "  ";

  private final int room;

  /** The last column stays free: writing there makes some terminals begin a new line. */
  TransferPicture(int width) {
    this.room = width - 1;
  }

  /** A line for each of the first blobs under way, and one for all together. */
  List<String> of(TransferTally tally, long nowMillis) {
    List<String> lines = new ArrayList<>();
    tally.flights().stream().limit(MOST_BLOBS).map(this::blob).forEach(lines::add);
    lines.add(total(tally, nowMillis));
    return lines;
  }

  private String blob(Flight flight) {
    return line(
        flight.digest(), flight.done(), flight.bytes(), progress(flight.done(), flight.bytes()));
  }

  private String total(TransferTally tally, long nowMillis) {
    StringBuilder tail = new StringBuilder(progress(tally.done(), tally.bytes()));
    OptionalLong speed = tally.bytesPerSecond(nowMillis);
    if (speed.isPresent()) {
      tail.append(GAP).append(Plain.size(speed.getAsLong())).append("/s");
      long left = tally.bytes() - tally.done();
      if (speed.getAsLong() > 0 && left > 0) {
        tail.append(GAP).append(time(left / speed.getAsLong() + 1)).append(" left");
      }
    }
    tail.append(GAP).append(tally.finished()).append('/').append(tally.blobs()).append(" blobs");
    return line(tally.what(), tally.done(), tally.bytes(), tail.toString());
  }

  private static String progress(long done, long of) {
    return of < 0 ? Plain.size(done) : Plain.size(done) + " / " + Plain.size(of);
  }

  static String time(long seconds) {
    if (seconds < 60) {
      return seconds + " s";
    }
    return seconds < 3600
        ? (seconds + 30) / 60 + " min"
        : "%d h %d min".formatted(seconds / 3600, seconds % 3600 / 60);
  }

  /** The numbers have room before the name, and the name before the bar. */
  private String line(String name, long done, long of, String tail) {
    int left = room - Cells.of(tail) - GAP.length();
    int bar = Math.min(LONGEST_BAR, left - Cells.of(name) - GAP.length());
    if (bar < SHORTEST_BAR) {
      bar = left - SHORTEST_BAR - GAP.length() >= SHORTEST_NAME ? SHORTEST_BAR : 0;
    }
    String begin =
        bar == 0 || of < 0
            ? Cells.clip(name, left)
            : Cells.clip(name, left - bar - GAP.length()) + GAP + bar(done, of, bar);
    return Cells.clip(begin.isEmpty() ? tail : begin + GAP + tail, room);
  }

  private static String bar(long done, long of, int width) {
    int cells = width - 2;
    double part = of == 0 ? 1 : Math.min(1.0, (double) done / of);
    int full = (int) (part * cells);
    return "[" + "#".repeat(full) + "-".repeat(cells - full) + "]";
  }
}
