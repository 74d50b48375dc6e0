package io.github.ocigc.console;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** {@code a=1&b=2}, as in an address and in the body of a form. */
final class Form {
  private Form() {}

  /**
   * Reads one; the last of several values of a name counts.
   *
   * @throws IllegalArgumentException if a percent sign has no number after it
   */
  static Map<String, String> parse(String text) {
    Map<String, String> values = new HashMap<>();
    for (String pair : text.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        values.put(
            URLDecoder.decode(pair.substring(0, equals), StandardCharsets.UTF_8),
            URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
      }
    }
    return values;
  }
}
