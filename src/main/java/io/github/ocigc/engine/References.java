package io.github.ocigc.engine;

import io.github.ocigc.ledger.Content;
import io.github.ocigc.ledger.LedgerRoot;
import io.github.ocigc.ledger.LedgerView;
import io.github.ocigc.ledger.RootUsage;
import io.github.ocigc.oci.Digest;
import io.github.ocigc.oci.OcigcException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * What a person may write for a root or a content: its exact name; a short form of one name; a
 * digest, whole or its beginning; {@code name@digest}; a glob where several are allowed.
 */
final class References {
  private static final int CANDIDATES_SHOWN = 10;
  private static final int MIN_SHORT_DIGEST = 6;

  private final LedgerView view;

  References(LedgerView view) {
    this.view = view;
  }

  /** One name's roots (several, if the store gives one name to several digests). */
  List<LedgerRoot> named(String text) {
    List<LedgerRoot> exact = view.rootsNamed(text);
    if (!exact.isEmpty()) {
      return exact;
    }
    int at = text.lastIndexOf('@');
    Optional<Digest> digest = at < 0 ? Optional.empty() : Digest.parse(text.substring(at + 1));
    if (digest.isPresent()) {
      return named(text.substring(0, at)).stream()
          .filter(root -> root.content().digest().equals(digest.get()))
          .toList();
    }
    return shortForm(text);
  }

  private List<LedgerRoot> shortForm(String text) {
    Map<String, List<Long>> matches = new LinkedHashMap<>();
    Set<String> similar = new LinkedHashSet<>();
    boolean untagged = text.indexOf(':', text.lastIndexOf('/') + 1) < 0;
    for (RootUsage root : view.usages()) {
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
    return matches.values().stream().findFirst().map(view::roots).orElse(List.of());
  }

  private static boolean endsAs(String name, String text) {
    return name.equals(text) || name.endsWith("/" + text);
  }

  private static String list(java.util.Collection<String> names) {
    List<String> shown = names.stream().limit(CANDIDATES_SHOWN).map(name -> "  " + name).toList();
    String more =
        names.size() > shown.size() ? "\n  and " + (names.size() - shown.size()) + " more" : "";
    return String.join("\n", shown) + more;
  }

  /** The content of a digest or of the beginning of one; empty if the text is no digest at all. */
  Optional<Content> byDigest(String text) {
    Optional<Digest> whole = Digest.parse(text);
    if (whole.isPresent()) {
      return Optional.of(
          view.content(whole.get())
              .orElseThrow(
                  () -> new OcigcException.NotFound("The store knows no content " + text + ".")));
    }
    if (!text.matches("sha(256|512):[0-9a-f]{" + MIN_SHORT_DIGEST + ",}")) {
      if (text.startsWith("sha256:") || text.startsWith("sha512:")) {
        throw new OcigcException.Unusable(
            "'"
                + text
                + "' is not a digest: after the colon come 64 (sha256) or 128 (sha512)"
                + " lower-case hex digits, or at least the first "
                + MIN_SHORT_DIGEST
                + ".");
      }
      return Optional.empty();
    }
    List<Content> found = view.contentsLike(text, CANDIDATES_SHOWN + 1);
    if (found.isEmpty()) {
      throw new OcigcException.NotFound("The store knows no content " + text + "….");
    }
    if (found.size() > 1) {
      throw new OcigcException.Ambiguous(
          "'"
              + text
              + "' could be any of:\n"
              + list(found.stream().map(c -> c.digest().toString()).toList()));
    }
    return Optional.of(found.get(0));
  }

  /** The content of a name or digest, for questions about one. */
  Content content(String text) {
    Optional<Content> byDigest = byDigest(text);
    if (byDigest.isPresent()) {
      return byDigest.get();
    }
    List<Content> contents = one(text).stream().map(LedgerRoot::content).distinct().toList();
    if (contents.size() > 1) {
      throw new OcigcException.Ambiguous(
          "'"
              + text
              + "' names several contents:\n"
              + list(contents.stream().map(c -> text + "@" + c.digest()).toList()));
    }
    return contents.get(0);
  }

  /** The roots of one name; throws if there are none. */
  List<LedgerRoot> one(String text) {
    List<LedgerRoot> roots = named(text);
    if (roots.isEmpty()) {
      throw notFound(text);
    }
    return roots;
  }

  static OcigcException.NotFound notFound(String text) {
    return new OcigcException.NotFound(
        "No reference is named '" + text + "'. 'ocigc-ledger ls' lists those there are.");
  }

  static boolean isGlob(String text) {
    return Pattern.compile("[*?\\[]").matcher(text).find();
  }

  /** Roots whose name matches a shell's pattern; {@code *} matches across {@code /} too. */
  List<LedgerRoot> matching(String glob) {
    Pattern pattern = pattern(glob);
    return view.roots(
        view.usages().stream()
            .filter(root -> root.key().tagged() && pattern.matcher(root.key().name()).matches())
            .map(RootUsage::id)
            .toList());
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
