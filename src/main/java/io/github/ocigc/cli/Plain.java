package io.github.ocigc.cli;

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

  private static String escaped(String text, boolean keepNewlines) {
    if (isPrintableAscii(text)) {
      return text;
    }
    StringBuilder plain = new StringBuilder(text.length());
    text.codePoints()
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

  /** As nearly everything is; a table may have a million cells. */
  private static boolean isPrintableAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < ' ' || text.charAt(i) > '~') {
        return false;
      }
    }
    return true;
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
  static String shortDigest(String digest) {
    int end = digest.indexOf(':') + 13;
    return digest.length() > end ? digest.substring(0, end) : digest;
  }
}
