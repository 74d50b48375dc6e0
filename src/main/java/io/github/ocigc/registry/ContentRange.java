package io.github.ocigc.registry;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The header Content-Range of a part (RFC 9110, 14.4).
 *
 * @param total -1 if it is not said
 */
record ContentRange(long first, long last, long total) {
  private static final Pattern FORM =
      Pattern.compile("bytes\\s+([0-9]{1,18})-([0-9]{1,18})/([0-9]{1,18}|\\*)");

  static Optional<ContentRange> parse(String header) {
    Matcher form = FORM.matcher(header.strip());
    if (!form.matches()) {
      return Optional.empty();
    }
    long total = form.group(3).equals("*") ? -1 : Long.parseLong(form.group(3));
    return Optional.of(
        new ContentRange(Long.parseLong(form.group(1)), Long.parseLong(form.group(2)), total));
  }
}
