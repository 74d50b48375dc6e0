package io.github.ocigc.cli;

import io.github.ocigc.oci.Digest;
import java.nio.charset.StandardCharsets;

/** Text that is safe and readable on a terminal. */
final class Plain {
  private static final String[] UNITS = {"B", "kB", "MB", "GB", "TB", "PB", "EB"};

  private Plain() {}

  /** The text with control and formatting characters written as escapes, on one line. */
  static String line(String text) {
    return escaped(text, false);
  }

  /** As {@link #line}, but lines stay lines. */
  static String lines(String text) {
    return escaped(text, true);
  }

  /** As {@link #line}, in UTF-8. */
  static byte[] utf8(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    for (byte b : bytes) {
      if (b < ' ' || b > '~') {
        return line(text).getBytes(StandardCharsets.UTF_8);
      }
    }
    return bytes; // nearly always, and a table may have a million cells
  }

  private static String escaped(String text, boolean keepNewlines) {
    int safe = 0;
    while (safe < text.length() && isSafe(text.charAt(safe))) {
      safe++;
    }
    if (safe == text.length()) {
      return text;
    }
    StringBuilder plain = new StringBuilder(text.length()).append(text, 0, safe);
    text.codePoints()
        .skip(safe)
        .forEach(
            c -> {
              int type = Character.getType(c);
              boolean unsafe =
                  type == Character.CONTROL
                      || type == Character.FORMAT
                      || type == Character.LINE_SEPARATOR
                      || type == Character.PARAGRAPH_SEPARATOR
                      || type == Character.SURROGATE
                      || type == Character.PRIVATE_USE
                      || type == Character.UNASSIGNED;
              if (unsafe && !(keepNewlines && c == '\n')) {
                plain.append(
                    c <= 0xff
                        ? "\\x%02x".formatted(c)
                        : c <= 0xffff ? "\\u%04x".formatted(c) : "\\U%08x".formatted(c));
              } else {
                plain.appendCodePoint(c);
              }
            });
    return plain.toString();
  }

  /** Of what is certainly safe: ASCII that is printed, and the blocks that our bars are made of. */
  private static boolean isSafe(char c) {
    return c >= ' ' && (c <= '~' || (c >= '\u2580' && c <= '\u259f'));
  }

  /** A size for people: {@code 12.3 MB}; a kilobyte is 1000 bytes. */
  static String size(long bytes) {
    double value = bytes;
    int unit = 0;
    while (value >= 999.95 && unit < UNITS.length - 1) {
      value /= 1000;
      unit++;
    }
    long tenths = Math.round(value * 10); // by hand: a formatter loads the languages of the world
    return unit == 0 ? bytes + " B" : tenths / 10 + "." + tenths % 10 + " " + UNITS[unit];
  }

  /** {@code 1 blob}, {@code 1,234 blobs}. */
  static String count(long n, String thing) {
    StringBuilder digits = new StringBuilder(Long.toString(n)).reverse();
    for (int at = 3; at < digits.length() - (n < 0 ? 1 : 0); at += 4) {
      digits.insert(at, ',');
    }
    return digits.reverse() + " " + thing + (n == 1 ? "" : "s");
  }

  /** The beginning of a digest, enough for a person to tell it from others. */
  static String shortDigest(Digest digest) {
    return digest.algorithm() + ":" + digest.encoded().substring(0, 12);
  }
}
