package io.github.ocigc.cli;

/** A bar as long as a size: first what one reference alone reaches, then what it shares. */
final class UsageBar {
  private static final int CELLS = 24;
  private static final String UNIQUE = "█";
  private static final String SHARED = "░";

  /** Every bar is a part of this. */
  private static final String LONGEST = UNIQUE.repeat(CELLS) + SHARED.repeat(CELLS);

  private final long largest;

  /** {@code largest}: the size of the longest bar. */
  UsageBar(long largest) {
    this.largest = Math.max(1, largest);
  }

  String of(long unique, long total) {
    int all = cells(total);
    int own = Math.min(all, cells(unique));
    return LONGEST.substring(CELLS - own, CELLS - own + all);
  }

  /** What is not nothing is seen. */
  private int cells(long bytes) {
    double share = (double) bytes / largest;
    return bytes == 0 ? 0 : Math.max(1, (int) Math.round(share * CELLS));
  }

  static String legend() {
    return UNIQUE + " its own, " + SHARED + " shared";
  }
}
