package io.github.ocigc.cli;

import java.util.Map;
import java.util.regex.Pattern;

/** How much room a text takes on a terminal, rather too much than too little. */
final class Cells {
  static final int USUAL_WIDTH = 80;
  private static final Pattern WIDTH = Pattern.compile("[1-9][0-9]{1,3}");

  /** From here on, scripts have letters of two cells. */
  private static final int FIRST_WIDE = 0x1100;

  private Cells() {}

  /** The width of the terminal as its shell tells it, else the usual one. */
  static int across(Map<String, String> environment) {
    String columns = environment.getOrDefault("COLUMNS", "");
    return WIDTH.matcher(columns).matches() ? Integer.parseInt(columns) : USUAL_WIDTH;
  }

  static int of(String text) {
    return text.codePoints().map(Cells::of).sum();
  }

  private static int of(int codePoint) {
    return codePoint < FIRST_WIDE || codePoint == '…' ? 1 : 2;
  }

  /** The text, or as much of its beginning as has room, and then an ellipsis. */
  static String clip(String text, int room) {
    if (of(text) <= room) {
      return text;
    }
    StringBuilder clipped = new StringBuilder();
    int left = room - 1;
    for (int i = 0; i < text.length(); ) {
      int codePoint = text.codePointAt(i);
      left -= of(codePoint);
      if (left < 0) {
        break;
      }
      clipped.appendCodePoint(codePoint);
      i += Character.charCount(codePoint);
    }
    return room > 0 ? clipped.append('…').toString() : "";
  }
}
