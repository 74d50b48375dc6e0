package io.github.ocigc.registry;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * One way to authenticate that a server offers (RFC 9110, 11.6.1, WWW-Authenticate).
 *
 * @param scheme in lower case
 * @param parameters by their names in lower case
 */
record Challenge(String scheme, Map<String, String> parameters) {
  Challenge {
    parameters = Map.copyOf(parameters);
  }

  boolean isBearer() {
    return scheme.equals("bearer") && parameters.containsKey("realm");
  }

  boolean isBasic() {
    return scheme.equals("basic");
  }

  /** Empty text if it is not there. */
  String parameter(String name) {
    return parameters.getOrDefault(name, "");
  }

  /** Reads all challenges of all headers, in order. What cannot be understood ends a header. */
  static List<Challenge> parse(List<String> headers) {
    List<Challenge> found = new ArrayList<>();
    for (String header : headers) {
      new Reader(header).into(found);
    }
    return found;
  }

  /** A cursor over one header. */
  private static final class Reader {
    private final String text;
    private int at;

    Reader(String text) {
      this.text = text;
    }

    void into(List<Challenge> found) {
      String word = word();
      while (!word.isEmpty()) {
        String scheme = word.toLowerCase(Locale.ROOT);
        Map<String, String> parameters = new TreeMap<>();
        word = word();
        while (!word.isEmpty() && taken('=')) {
          parameters.put(word.toLowerCase(Locale.ROOT), value());
          word = word();
        }
        found.add(new Challenge(scheme, parameters));
      }
    }

    /** The next token, past spaces and commas; empty at the end or at what is no token. */
    private String word() {
      while (at < text.length() && (text.charAt(at) == ',' || text.charAt(at) <= ' ')) {
        at++;
      }
      return token();
    }

    private String token() {
      int from = at;
      while (at < text.length() && " \t,=\"".indexOf(text.charAt(at)) < 0) {
        at++;
      }
      return text.substring(from, at);
    }

    private boolean taken(char c) {
      int next = at;
      while (next < text.length() && text.charAt(next) == ' ') {
        next++;
      }
      if (next >= text.length() || text.charAt(next) != c) {
        return false;
      }
      at = next + 1;
      return true;
    }

    private String value() {
      if (!taken('"')) {
        return token();
      }
      StringBuilder value = new StringBuilder();
      while (at < text.length() && text.charAt(at) != '"') {
        if (text.charAt(at) == '\\' && at + 1 < text.length()) {
          at++;
        }
        value.append(text.charAt(at++));
      }
      at = Math.min(at + 1, text.length()); // the closing quote may be missing
      return value.toString();
    }
  }
}
