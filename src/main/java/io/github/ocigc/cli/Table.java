package io.github.ocigc.cli;

import java.util.ArrayList;
import java.util.List;

/**
 * Aligned columns. A heading that begins with {@code >} is for numbers, aligned to the right. A
 * cell is made plain as it comes.
 */
final class Table {
  private static final String GAP = "  ";

  private final boolean[] right;
  private final int[] widths;
  private final List<String[]> rows = new ArrayList<>();

  Table(String... headings) {
    right = new boolean[headings.length];
    widths = new int[headings.length];
    String[] titles = new String[headings.length];
    for (int i = 0; i < headings.length; i++) {
      right[i] = headings[i].startsWith(">");
      titles[i] = right[i] ? headings[i].substring(1) : headings[i];
    }
    row(titles);
  }

  void row(String... cells) {
    String[] plain = new String[widths.length];
    for (int i = 0; i < plain.length; i++) {
      plain[i] = Plain.line(cells[i]);
      widths[i] = Math.max(widths[i], plain[i].length());
    }
    rows.add(plain);
  }

  /** One string, a line a row. */
  String text() {
    int last = widths.length - 1; // nothing is to follow it, and one of its cells may be very long
    StringBuilder text = new StringBuilder();
    for (String[] row : rows) {
      for (int i = 0; i <= last; i++) {
        String padding = right[i] || i < last ? " ".repeat(widths[i] - row[i].length()) : "";
        text.append(right[i] ? padding : row[i]).append(right[i] ? row[i] : padding).append(GAP);
      }
      endLine(text);
    }
    return text.toString();
  }

  /** Without the spaces at the line's end. */
  private static void endLine(StringBuilder text) {
    int length = text.length();
    while (length > 0 && text.charAt(length - 1) == ' ') {
      length--;
    }
    text.setLength(length);
    text.append('\n');
  }
}
