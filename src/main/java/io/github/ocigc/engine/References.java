package io.github.ocigc.engine;

import io.github.ocigc.ledger.Content;
import io.github.ocigc.ledger.LedgerRoot;
import io.github.ocigc.ledger.LedgerView;
import io.github.ocigc.oci.Digest;
import io.github.ocigc.oci.OcigcException;
import java.util.List;
import java.util.Optional;

/**
 * What a person may write for a root or a content: its exact name; a short form of one name; a
 * digest, whole or its beginning; {@code name@digest}; a glob where several are allowed.
 */
final class References {
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
    return view.roots(new RootNames(view.usages()).shortForm(text));
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
    List<Content> found = view.contentsLike(text, RootNames.LISTED + 1);
    if (found.isEmpty()) {
      throw new OcigcException.NotFound("The store knows no content " + text + "….");
    }
    if (found.size() > 1) {
      throw new OcigcException.Ambiguous(
          "'"
              + text
              + "' could be any of:\n"
              + RootNames.list(found.stream().map(c -> c.digest().toString()).toList()));
    }
    return Optional.of(found.get(0));
  }

  /** True if {@link #byDigest} or {@link #named} would look for a digest in it. */
  static boolean mayBeDigest(String text) {
    return text.indexOf('@') >= 0
        || text.startsWith("sha256:")
        || text.startsWith("sha512:")
        || Digest.parse(text).isPresent();
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
              + RootNames.list(contents.stream().map(c -> text + "@" + c.digest()).toList()));
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

  /** The roots whose name matches a pattern; see {@link RootNames#matching}. */
  List<LedgerRoot> matching(String glob) {
    return view.roots(new RootNames(view.usages()).matching(glob));
  }
}
