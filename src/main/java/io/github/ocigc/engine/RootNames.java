package io.github.ocigc.engine;

import io.github.ocigc.ledger.RootUsage;
import io.github.ocigc.oci.OcigcException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** What names mean, and parts and patterns of them, among all roots of a store. */
final class RootNames {
  /** How many {@link #list} names. */
  static final int LISTED = 10;

  private final List<RootUsage> roots;

  RootNames(List<RootUsage> roots) {
    this.roots = roots;
  }

  /** The ids of the roots of exactly this name. */
  List<Long> exactly(String name) {
    return roots.stream()
        .filter(root -> root.key().tagged() && root.key().name().equals(name))
        .map(RootUsage::id)
        .toList();
  }

  /**
   * The ids of the roots of the one name that ends so, from a slash on; {@code :latest} need not be
   * said. Empty if there is nothing like it.
   *
   * @throws OcigcException.Ambiguous if several names end so
   * @throws OcigcException.NotFound with names that have it inside, if none does
   */
  List<Long> shortForm(String text) {
    Map<String, List<Long>> matches = new LinkedHashMap<>();
    Set<String> similar = new LinkedHashSet<>();
    boolean untagged = text.indexOf(':', text.lastIndexOf('/') + 1) < 0;
    for (RootUsage root : roots) {
      String name = root.key().name();
      if (endsAs(name, text) || (untagged && endsAs(name, text + ":latest"))) {
        matches.computeIfAbsent(name, n -> new ArrayList<>()).add(root.id());
      } else if (!text.isEmpty() && name.contains(text)) {
        similar.add(name);
      }
    }
    if (matches.size() > 1) {
      throw new OcigcException.Ambiguous(
          "'" + text + "' could be any of:\n" + list(matches.keySet()) + "\nWrite the whole name.");
    }
    if (matches.isEmpty() && !similar.isEmpty()) {
      throw new OcigcException.NotFound(
          "No reference is named '" + text + "'. Similar:\n" + list(similar));
    }
    return matches.values().stream().findFirst().orElse(List.of());
  }

  private static boolean endsAs(String name, String text) {
    return name.equals(text) || name.endsWith("/" + text);
  }

  /** The first few of them, a line each. */
  static String list(Collection<String> names) {
    List<String> shown = names.stream().limit(LISTED).map(name -> "  " + name).toList();
    String more =
        names.size() > shown.size() ? "\n  and " + (names.size() - shown.size()) + " more" : "";
    return String.join("\n", shown) + more;
  }

  static boolean isGlob(String text) {
    return Pattern.compile("[*?\\[]").matcher(text).find();
  }

  /**
   * The ids of roots whose name matches a shell's pattern; {@code *} matches across {@code /} too.
   *
   * @throws OcigcException.Unusable if it is no pattern
   */
  List<Long> matching(String glob) {
    Pattern pattern = pattern(glob);
    return roots.stream()
        .filter(root -> root.key().tagged() && pattern.matcher(root.key().name()).matches())
        .map(RootUsage::id)
        .toList();
  }

  private static Pattern pattern(String glob) {
    StringBuilder regex = new StringBuilder();
    int literal = 0;
    for (int i = 0; i < glob.length(); i++) {
      char c = glob.charAt(i);
      if (c == '*' || c == '?' || c == '[') {
        regex.append(Pattern.quote(glob.substring(literal, i)));
        int end = c == '[' ? glob.indexOf(']', i) : i;
        if (end < 0) {
          throw new OcigcException.Unusable("'" + glob + "' is not a pattern: no ] closes its [.");
        }
        regex.append(
            switch (c) {
              case '*' -> ".*";
              case '?' -> ".";
              default -> characters(glob.substring(i + 1, end));
            });
        i = end;
        literal = i + 1;
      }
    }
    regex.append(Pattern.quote(glob.substring(literal)));
    try {
      return Pattern.compile(regex.toString(), Pattern.DOTALL);
    } catch (PatternSyntaxException e) {
      throw new OcigcException.Unusable("'" + glob + "' is not a pattern: " + e.getDescription());
    }
  }

  /** A set of characters: {@code [abc]}, {@code [a-z]}, {@code [!abc]}. */
  private static String characters(String inside) {
    String quoted = inside.replaceAll("[\\\\\\[\\]&^]", "\\\\$0");
    return inside.startsWith("!") ? "[^" + quoted.substring(1) + "]" : "[" + quoted + "]";
  }
}
