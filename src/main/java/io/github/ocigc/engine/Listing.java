package io.github.ocigc.engine;

import io.github.ocigc.ledger.LedgerRoot;
import io.github.ocigc.ledger.LedgerView;
import io.github.ocigc.ledger.Pushed;
import io.github.ocigc.ledger.RootUsage;
import io.github.ocigc.oci.Digest;
import io.github.ocigc.oci.OcigcException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
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

  /**
   * Those that the patterns match; all, if there are none.
   *
   * @throws OcigcException.NotFound if a pattern matches none
   * @throws OcigcException.Ambiguous if a short name is one of several
   */
  public List<Line> run(List<String> patterns) {
    List<RootUsage> usages = view.usages();
    RootNames names = new RootNames(usages);
    return chosen(
        usages,
        view.pushedRoots(),
        patterns,
        text -> References.mayBeDigest(text) ? ids(view, text) : ids(names, text));
  }

  /** As {@link #run}, without opening the store if that will do; empty if it is to be opened. */
  public static Optional<List<Line>> glance(
      Path folder, String what, Options options, List<String> patterns) {
    if (patterns.stream().anyMatch(References::mayBeDigest)) {
      return Optional.empty();
    }
    return OpenStore.glance(
        folder,
        what,
        options,
        glance -> {
          List<RootUsage> usages = glance.usages();
          RootNames names = new RootNames(usages);
          return chosen(usages, glance.pushedRoots(), patterns, text -> ids(names, text));
        });
  }

  /** In the order of the patterns, and of the listing for each. */
  private static List<Line> chosen(
      List<RootUsage> usages,
      List<Pushed> places,
      List<String> patterns,
      Function<String, List<Long>> select) {
    Map<Long, RootUsage> chosen = new LinkedHashMap<>();
    for (String pattern : patterns) {
      Set<Long> such = new HashSet<>(select.apply(pattern));
      for (RootUsage usage : usages) {
        if (such.contains(usage.id())) {
          chosen.put(usage.id(), usage);
        }
      }
    }
    Map<Digest, List<Pushed>> pushed =
        places.stream().collect(Collectors.groupingBy(Pushed::digest));
    List<Line> lines = new ArrayList<>();
    for (RootUsage usage : patterns.isEmpty() ? usages : chosen.values()) {
      lines.add(
          new Line(
              usage.key().name(),
              usage.key().digest(),
              usage.mediaType(),
              usage.totalBytes(),
              usage.uniqueBytes(),
              usage.created(),
              usage.weak(),
              pushed.isEmpty() ? List.of() : pushed.getOrDefault(usage.key().digest(), List.of())));
    }
    return List.copyOf(lines);
  }

  /** The roots that a pattern, name or digest selects; throws if there are none. */
  static List<LedgerRoot> selected(LedgerView view, String text) {
    References references = new References(view);
    List<LedgerRoot> found =
        view.rootsNamed(text).isEmpty() && RootNames.isGlob(text)
            ? references.matching(text)
            : references.byDigest(text).map(view::rootsOf).orElseGet(() -> references.named(text));
    return required(found, text);
  }

  private static List<Long> ids(LedgerView view, String text) {
    return selected(view, text).stream().map(LedgerRoot::id).toList();
  }

  /** The same, of texts that are no digest. */
  private static List<Long> ids(RootNames names, String text) {
    List<Long> exact = names.exactly(text);
    if (!exact.isEmpty()) {
      return exact;
    }
    return required(RootNames.isGlob(text) ? names.matching(text) : names.shortForm(text), text);
  }

  private static <R> List<R> required(List<R> found, String text) {
    if (found.isEmpty()) {
      throw RootNames.isGlob(text)
          ? new OcigcException.NotFound("No reference matches '" + text + "'.")
          : References.notFound(text);
    }
    return found;
  }
}
