package io.github.ocigc.registry;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The header Link, of which registries use {@code rel="next"} (RFC 8288). */
final class LinkHeader {
  private static final Pattern LINK = Pattern.compile("<([^>]*)>((?:[^,\"]|\"[^\"]*\")*)");
  private static final Pattern NEXT =
      Pattern.compile(";\\s*rel\\s*=\\s*(\"([^\"]*\\s)?next(\\s[^\"]*)?\"|next)\\s*(;|$)");

  private LinkHeader() {}

  /** Where the next page is. */
  static Optional<String> next(String header) {
    Matcher links = LINK.matcher(header);
    while (links.find()) {
      if (NEXT.matcher(links.group(2).strip()).find()) {
        return Optional.of(links.group(1));
      }
    }
    return Optional.empty();
  }
}
