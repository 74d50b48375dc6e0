package io.github.ocigc.cli;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A terminal of so many columns that knows the few sequences we use, and refuses all others. A line
 * that would wrap is a failure.
 */
final class Screen {
  private final int width;
  private final java.io.ByteArrayOutputStream written = new java.io.ByteArrayOutputStream();

  Screen(int width) {
    this.width = width;
  }

  PrintStream stream() {
    return new PrintStream((OutputStream) written, true, StandardCharsets.UTF_8);
  }

  String written() {
    return written.toString(StandardCharsets.UTF_8);
  }

  /** What stands there now, without blanks at the ends of lines and empty lines at the bottom. */
  List<String> lines() {
    List<StringBuilder> lines = new ArrayList<>(List.of(new StringBuilder()));
    String text = written();
    int row = 0;
    int column = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\r') {
        column = 0;
      } else if (c == '\n') {
        column = 0; // as a terminal driver makes of it
        row++;
        while (lines.size() <= row) {
          lines.add(new StringBuilder());
        }
      } else if (c == '\033') {
        int end = i + 2;
        while (Character.isDigit(text.charAt(end))) {
          end++;
        }
        String number = text.substring(i + 2, end);
        StringBuilder line = lines.get(row);
        switch (text.charAt(end)) {
          case 'A' -> row -= Integer.parseInt(number);
          case 'K' -> line.setLength(Math.min(line.length(), column));
          case 'J' -> {
            line.setLength(Math.min(line.length(), column));
            lines.subList(row + 1, lines.size()).clear();
          }
          default -> throw new AssertionError("unknown sequence in " + text);
        }
        if (row < 0) {
          throw new AssertionError("the cursor climbs above what was written");
        }
        i = end;
      } else {
        if (c < ' ') {
          throw new AssertionError("control character " + (int) c);
        }
        StringBuilder line = lines.get(row);
        while (line.length() <= column) {
          line.append(' ');
        }
        line.setCharAt(column++, c);
        if (column >= width) {
          throw new AssertionError("a line fills the width: " + line);
        }
      }
    }
    List<String> seen =
        new ArrayList<>(lines.stream().map(l -> l.toString().stripTrailing()).toList());
    while (!seen.isEmpty() && seen.get(seen.size() - 1).isEmpty()) {
      seen.remove(seen.size() - 1);
    }
    return seen;
  }
}
