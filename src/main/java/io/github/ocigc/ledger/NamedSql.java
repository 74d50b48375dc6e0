package io.github.ocigc.ledger;

import java.util.ArrayList;
import java.util.List;

/**
 * SQL with {@code :names} for values, as the database takes it. Text in quotes is left alone.
 *
 * @param positional with a question mark for each name
 * @param names in the order of the question marks
 * @param looksUp whether it looks for rows by the values of an array
 */
record NamedSql(String positional, List<String> names, boolean looksUp) {
  static NamedSql of(String sql) {
    StringBuilder positional = new StringBuilder(sql.length());
    List<String> names = new ArrayList<>();
    int at = 0;
    while (at < sql.length()) {
      char c = sql.charAt(at);
      int end = at + 1;
      if (c == '\'' || c == '"') {
        end = sql.indexOf(c, at + 1) + 1;
        positional.append(sql, at, end);
      } else if (c == ':' && end < sql.length() && isOfName(sql.charAt(end))) {
        while (end < sql.length() && isOfName(sql.charAt(end))) {
          end++;
        }
        names.add(sql.substring(at + 1, end));
        positional.append('?');
      } else {
        positional.append(c);
      }
      at = end;
    }
    boolean looksUp = sql.contains("= ANY (");
    if (looksUp && sql.contains("LIMIT")) { // see Sql
      throw new IllegalArgumentException("stops early, with an array: " + sql);
    }
    return new NamedSql(positional.toString(), List.copyOf(names), looksUp);
  }

  private static boolean isOfName(char c) {
    return Character.isLetterOrDigit(c) || c == '_';
  }
}
