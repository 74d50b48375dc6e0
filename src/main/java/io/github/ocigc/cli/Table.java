package io.github.ocigc.cli;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Aligned columns. A heading that begins with {@code >} is for numbers, aligned to the right. A
 * cell is made plain as it comes, and kept as it is printed, in UTF-8: there may be a hundred
 * thousand rows.
 */
final class Table {
  private static final int GAP = 2;

  private final boolean[] right;
  private final int[] widths;
  private final List<byte[][]> rows = new ArrayList<>();

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
    byte[][] plain = new byte[widths.length][];
    for (int i = 0; i < plain.length; i++) {
      plain[i] = Plain.utf8(cells[i]);
      widths[i] = Math.max(widths[i], letters(plain[i]));
    }
    rows.add(plain);
  }

  /** A line a row, without spaces at its end. */
  void print(PrintStream out) {
    int[] ends = new int[widths.length];
    byte[] line = {};
    for (byte[][] row : rows) {
      int length = 0;
      for (int i = 0; i < row.length; i++) {
        length += row[i].length + padding(row, i);
        ends[i] = length;
        length += GAP;
      }
      line = line.length > length ? line : new byte[length + 1];
      Arrays.fill(line, 0, length, (byte) ' ');
      for (int i = 0; i < row.length; i++) {
        int behind = right[i] ? 0 : padding(row, i);
        System.arraycopy(row[i], 0, line, ends[i] - behind - row[i].length, row[i].length);
      }
      while (length > 0 && line[length - 1] == ' ') {
        length--;
      }
      line[length] = '\n';
      out.write(line, 0, length + 1);
    }
  }

  /** Nothing is to follow the last cell, and one of its column may be very long. */
  private int padding(byte[][] row, int column) {
    return right[column] || column < row.length - 1 ? widths[column] - letters(row[column]) : 0;
  }

  /** All bytes but those that go on with a letter. */
  private static int letters(byte[] utf8) {
    int letters = 0;
    for (byte b : utf8) {
      letters += (b & 0xc0) == 0x80 ? 0 : 1;
    }
    return letters;
  }
}
