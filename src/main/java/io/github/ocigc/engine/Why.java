package io.github.ocigc.engine;

import io.github.ocigc.ledger.Content;
import io.github.ocigc.ledger.LedgerRoot;
import io.github.ocigc.ledger.LedgerView;
import io.github.ocigc.ledger.Pushed;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Why a content is still here: what holds it, and from which roots. */
public final class Why {
  private final OpenStore open;

  public Why(OpenStore open) {
    this.open = open;
  }

  /**
   * The reasons.
   *
   * @param tags roots that name it
   * @param holders edges that hold it
   * @param pushed where it was pushed, as a manifest or index
   * @param users transfers under way that hold it, or something above it
   * @param paths one path, roots first, from each root that keeps it; empty if nothing does
   */
  public record Report(
      Content content,
      List<LedgerRoot> tags,
      List<LedgerView.Above> holders,
      List<Pushed> pushed,
      List<String> users,
      List<Path> paths) {}

  /** From a root down to the content. */
  public record Path(LedgerRoot root, List<Step> steps) {}

  /** One edge of a path. */
  public record Step(String role, Content content) {}

  /** For one digest, the beginning of one, or a reference's name. */
  public Report run(String text) {
    LedgerView view = open.ledger().view();
    Content content = new References(view).content(text);
    Map<Long, LedgerView.Above> towards = new LinkedHashMap<>();
    Map<Long, Content> seen = new LinkedHashMap<>();
    seen.put(content.id(), content);
    List<LedgerView.Above> holders = view.above(List.of(content.id()));
    List<LedgerView.Above> level = holders;
    while (!level.isEmpty()) {
      List<Long> next = new ArrayList<>();
      for (LedgerView.Above edge : level) {
        if (seen.putIfAbsent(edge.holder().id(), edge.holder()) == null) {
          towards.put(edge.holder().id(), edge);
          next.add(edge.holder().id());
        }
      }
      level = view.above(next);
    }
    List<Path> paths = new ArrayList<>();
    for (LedgerRoot root : view.rootsNaming(seen)) {
      if (!root.weak()) {
        paths.add(new Path(root, steps(root.content(), content, towards, seen)));
      }
    }
    return new Report(
        content,
        view.rootsOf(content),
        holders,
        view.pushed(List.of(content.digest())),
        view.leaseOwners(seen.keySet()),
        List.copyOf(paths));
  }

  private static List<Step> steps(
      Content from, Content to, Map<Long, LedgerView.Above> towards, Map<Long, Content> seen) {
    List<Step> steps = new ArrayList<>();
    steps.add(new Step("root", from));
    long at = from.id();
    while (at != to.id()) {
      LedgerView.Above edge = towards.get(at);
      Content held = edge == null ? null : seen.get(edge.heldId());
      if (edge == null || held == null) {
        throw new IllegalStateException("no way from " + from.digest() + " to " + to.digest());
      }
      steps.add(new Step(edge.role().label(), held));
      at = held.id();
    }
    return List.copyOf(steps);
  }
}
