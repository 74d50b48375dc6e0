package io.github.ocigc.cli;

import java.util.ArrayList;
import java.util.List;

/** Aligned columns. A heading that begins with {@code >} is for numbers, aligned to the right. */
final class Table {
  private final List<String> headings;
  private final List<List<String>> rows = new ArrayList<>();

  Table(String... headings) {
    this.headings = List.of(headings);
  }

  void row(String... cells) {
    rows.add(List.of(cells));
  }

  /** One string, a line a row, each cell made plain. */
  String text() {
    List<List<String>> all = new ArrayList<>();
    all.add(new ArrayList<>());
    for (String heading : headings) {
      all.get(0).add(heading.startsWith(">") ? heading.substring(1) : heading);
    }
    for (List<String> row : rows) {
      List<String> plain = new ArrayList<>();
      for (String cell : row) {
        plain.add(Plain.line(cell));
      }
      all.add(plain);
    }
    int[] widths = new int[headings.size()];
    for (List<String> row : all) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    StringBuilder text = new StringBuilder();
    for (List<String> row : all) {
      for (int i = 0; i < widths.length; i++) {
        String padding = " ".repeat(widths[i] - row.get(i).length());
        boolean right = headings.get(i).startsWith(">");
        text.append(right ? padding : row.get(i)).append(right ? row.get(i) : padding);
        text.append("  ");
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
