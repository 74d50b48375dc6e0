package io.github.ocigc.registry;

import java.net.URI;

/** Makes what others wrote fit for a terminal: no control characters, no secrets, not long. */
final class Printable {
  private static final int LONGEST = 300;

  private Printable() {}

  /** On one line, and shortened. */
  static String text(String raw) {
    StringBuilder out = new StringBuilder();
    raw.strip()
        .codePoints()
        .limit(LONGEST)
        .map(c -> harmless(c) ? c : ' ')
        .forEach(out::appendCodePoint);
    return out.toString().strip() + (raw.strip().length() > LONGEST ? "…" : "");
  }

  private static boolean harmless(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR -> false;
      case Character.PARAGRAPH_SEPARATOR, Character.SURROGATE, Character.UNASSIGNED -> false;
      default -> true;
    };
  }

  /** Without user and query, where secrets are. */
  static String url(URI uri) {
    return text(uri.getScheme() + "://" + authority(uri) + uri.getRawPath());
  }

  /** Host and, if it is named, port. */
  static String authority(URI uri) {
    return text(uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort()));
  }
}
