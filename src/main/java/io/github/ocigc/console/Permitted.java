package io.github.ocigc.console;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What of the database's console can be reached: all that reading needs, and nothing else. */
final class Permitted {
  /** The pages, and the parameters that each may be given. */
  private static final Map<String, Set<String>> PAGES =
      Map.of(
          "tables.do", Set.of(),
          "query.jsp", Set.of(),
          "query.do", Set.of("sql"),
          "getHistory.do", Set.of("id"),
          "autoCompleteList.do", Set.of("query"));

  private static final Pattern FILE = Pattern.compile("[a-z_]+\\.(gif|ico|css|js)");

  private Permitted() {}

  /** True for pictures, styles and scripts, which are the same for everybody. */
  static boolean isFile(String name) {
    return FILE.matcher(name).matches();
  }

  /**
   * Of these parameters, those that may be passed on; empty if the page is not to be reached. A
   * page that lacks one of its own is none: the console would fail over it.
   */
  static Optional<Map<String, String>> parameters(String name, Map<String, String> all) {
    if (isFile(name)) {
      return Optional.of(Map.of());
    }
    Set<String> own = PAGES.get(name);
    if (own == null || !all.keySet().containsAll(own)) {
      return Optional.empty();
    }
    return Optional.of(own.stream().collect(Collectors.toMap(key -> key, all::get)));
  }
}
