package io.github.ocigc.engine;

import io.github.ocigc.ledger.LedgerRoot;
import io.github.ocigc.ledger.LedgerView;
import io.github.ocigc.ledger.Pushed;
import io.github.ocigc.ledger.RootUsage;
import io.github.ocigc.oci.Digest;
import io.github.ocigc.oci.OcigcException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** The store's references with their sizes. */
public final class Listing {
  private final LedgerView view;

  public Listing(OpenStore open) {
    this.view = open.ledger().view();
  }

  /**
   * One reference.
   *
   * @param name empty for an untagged root
   * @param uniqueBytes what deleting it alone would free
   * @param created as the image says; empty if it does not
   * @param weak held by its subject, and gone when that goes
   * @param pushed where it was pushed, and when last
   */
  public record Line(
      String name,
      Digest digest,
      String mediaType,
      long sizeBytes,
      long uniqueBytes,
      String created,
      boolean weak,
      List<Pushed> pushed) {}

  /** Those that the patterns match; all, if there are none. */
  public List<Line> run(List<String> patterns) {
    Map<Digest, List<Pushed>> pushed =
        view.pushedRoots().stream().collect(Collectors.groupingBy(Pushed::digest));
    Map<Long, Line> lines = new LinkedHashMap<>();
    for (RootUsage usage : view.usages()) {
      lines.put(
          usage.id(),
          new Line(
              usage.key().name(),
              usage.key().digest(),
              usage.mediaType(),
              usage.totalBytes(),
              usage.uniqueBytes(),
              usage.created(),
              usage.weak(),
              pushed.getOrDefault(usage.key().digest(), List.of())));
    }
    if (patterns.isEmpty()) {
      return List.copyOf(lines.values());
    }
    Map<Long, Line> chosen = new LinkedHashMap<>();
    for (String pattern : patterns) {
      for (LedgerRoot root : selected(view, pattern)) {
        chosen.put(root.id(), Objects.requireNonNull(lines.get(root.id())));
      }
    }
    return new ArrayList<>(chosen.values());
  }

  /** The roots that a pattern, name or digest selects; throws if there are none. */
  static List<LedgerRoot> selected(LedgerView view, String text) {
    References references = new References(view);
    List<LedgerRoot> found =
        view.rootsNamed(text).isEmpty() && References.isGlob(text)
            ? references.matching(text)
            : references.byDigest(text).map(view::rootsOf).orElseGet(() -> references.named(text));
    if (found.isEmpty()) {
      throw References.isGlob(text)
          ? new OcigcException.NotFound("No reference matches '" + text + "'.")
          : References.notFound(text);
    }
    return found;
  }
}
