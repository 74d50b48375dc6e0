package io.github.ocigc.engine;

import io.github.ocigc.ledger.Content;
import io.github.ocigc.ledger.EdgeKey;
import io.github.ocigc.ledger.LedgerRoot;
import io.github.ocigc.ledger.LedgerView;
import io.github.ocigc.ledger.PlanRequest;
import io.github.ocigc.oci.OcigcException;
import io.github.ocigc.oci.Platform;
import io.github.ocigc.oci.Role;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** From what a person wrote to what a trial deletion is to assume gone. */
final class DeleteTargets {
  private static final int HOLDERS_SHOWN = 5;

  private final LedgerView view;
  private final References references;
  private final Map<Long, LedgerRoot> roots = new LinkedHashMap<>();
  private final List<EdgeKey> released = new ArrayList<>();
  private final Set<String> names = new LinkedHashSet<>();

  DeleteTargets(LedgerView view) {
    this.view = view;
    this.references = new References(view);
  }

  PlanRequest request(List<String> texts, DeleteOptions options) {
    if (options.platform().isPresent()) {
      return new PlanRequest(
          List.of(), List.of(), List.of(), cuts(texts, options.platform().get()), weak(options));
    }
    texts.forEach(this::add);
    return new PlanRequest(
        List.copyOf(roots.values()), List.of(), released, List.of(), weak(options));
  }

  private static PlanRequest.Weak weak(DeleteOptions options) {
    return options.keepReferrers() ? PlanRequest.Weak.KEEP : PlanRequest.Weak.FOLLOW;
  }

  private void add(String text) {
    List<LedgerRoot> found = view.rootsNamed(text);
    if (found.isEmpty()) {
      Optional<Content> digest = references.byDigest(text);
      if (digest.isPresent()) {
        addDigest(digest.get());
        return;
      }
      found = RootNames.isGlob(text) ? references.matching(text) : references.named(text);
    }
    if (found.isEmpty()) {
      throw References.notFound(text);
    }
    found.forEach(this::add);
  }

  private void add(LedgerRoot root) {
    roots.put(root.id(), root);
    names.add(root.key().toString());
  }

  /** What the texts turned out to name, for the report: known once {@link #request} was asked. */
  List<String> names() {
    return List.copyOf(names);
  }

  /** A digest means its untagged root; else its only tag; else the referrer itself. */
  private void addDigest(Content content) {
    List<LedgerRoot> naming = view.rootsOf(content);
    List<LedgerRoot> untagged = naming.stream().filter(root -> !root.key().tagged()).toList();
    if (untagged.isEmpty() && naming.size() > 1) {
      throw new OcigcException.Ambiguous(
          content.digest()
              + " has several names; delete the one that you mean, or all of them:\n"
              + String.join("\n", naming.stream().map(root -> "  " + root.key()).toList()));
    }
    (untagged.isEmpty() ? naming : untagged).forEach(this::add);
    List<LedgerView.Link> holders = view.holders(List.of(content.id()));
    boolean referrerOnly = holders.stream().allMatch(link -> link.role() == Role.REFERRER);
    if (naming.isEmpty() && !referrerOnly) {
      throw refuseHeld(content, holders);
    }
    if (naming.isEmpty() && holders.isEmpty()) {
      throw new OcigcException.Unusable(
          "Nothing refers to "
              + content.digest()
              + ", so there is no reference to delete."
              + " 'ocigc-ledger prune --orphans' removes such leftovers.");
    }
    if (referrerOnly) {
      if (naming.isEmpty()) {
        names.add(content.digest().toString());
      }
      released.addAll(view.subjectsOf(content));
    }
  }

  private OcigcException refuseHeld(Content content, List<LedgerView.Link> holders) {
    List<LedgerView.Link> first = holders.stream().limit(HOLDERS_SHOWN).toList();
    Map<Long, Content> contents =
        view.contents(first.stream().map(LedgerView.Link::holderId).toList());
    List<String> shown =
        first.stream()
            .map(
                link ->
                    "  "
                        + link.role().label()
                        + " of "
                        + Objects.requireNonNull(contents.get(link.holderId())).digest())
            .toList();
    return new OcigcException.Unusable(
        content.digest()
            + " is held and was not deleted. It is\n"
            + String.join("\n", shown)
            + (holders.size() > HOLDERS_SHOWN
                ? "\n  and " + (holders.size() - HOLDERS_SHOWN) + " more"
                : "")
            + "\nDelete the references that keep it; 'ocigc-ledger why "
            + content.digest()
            + "' names them.");
  }

  private List<EdgeKey> cuts(List<String> texts, Platform platform) {
    List<EdgeKey> cuts = new ArrayList<>();
    for (String text : texts) {
      Content index = references.content(text);
      Map<EdgeKey, String> children = view.platforms(index);
      if (children.isEmpty()) {
        throw new OcigcException.Unusable(
            "'"
                + text
                + "' is not an index of several platforms. Leave out --platform to delete"
                + " it.");
      }
      Map<EdgeKey, String> matching = new LinkedHashMap<>(children);
      matching.values().removeIf(platforms -> split(platforms).noneMatch(means(platform)));
      if (matching.isEmpty()) {
        throw new OcigcException.NotFound(
            "'"
                + text
                + "' has no platform "
                + platform
                + ". It has: "
                + children.values().stream()
                    .flatMap(DeleteTargets::split)
                    .filter(p -> !p.isEmpty())
                    .collect(Collectors.joining(", ")));
      }
      matching.forEach((child, platforms) -> requireNoOther(platform, text, child, platforms));
      cuts.addAll(matching.keySet());
      names.add(text);
    }
    return cuts;
  }

  /** An index may have one manifest for several platforms; the others still want it. */
  private void requireNoOther(Platform platform, String text, EdgeKey child, String platforms) {
    if (!split(platforms).allMatch(means(platform))) {
      throw new OcigcException.Unusable(
          "'"
              + text
              + "' has one manifest for "
              + split(platforms)
                  .map(p -> p.isEmpty() ? "no platform" : p)
                  .collect(Collectors.joining(", "))
              + ": "
              + Objects.requireNonNull(view.contents(List.of(child.heldId())).get(child.heldId()))
                  .digest()
              + ", so it cannot go for "
              + platform
              + " alone. Nothing was deleted. Leave out --platform to delete the whole.");
    }
  }

  private static Stream<String> split(String platforms) {
    return Stream.of(platforms.split(",", -1));
  }

  private static Predicate<String> means(Platform wanted) {
    return platform -> platform.equals(wanted.toString()) || platform.startsWith(wanted + "/");
  }
}
