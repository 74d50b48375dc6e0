package io.github.ocigc.ledger;

import io.github.ocigc.oci.Digest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Keeps the flag {@code weak} what {@link Stranding} says it is, after roots have come or gone.
 * There is something to do only while a plain root's subject is held, which takes roots that hold
 * each other's subjects, or a subject that has found a holder again. Counts are not touched.
 */
final class StrandedRoots {
  private final Handle handle;
  private final TagTable tags;

  StrandedRoots(Handle handle) {
    this.handle = handle;
    this.tags = new TagTable(handle);
  }

  void review() {
    List<LedgerRoot> doubtful = tags.plainWithHeldSubject();
    while (!doubtful.isEmpty()) {
      Planner trial = new Planner(handle, PlanRequest.dropping(doubtful, PlanRequest.Weak.FOLLOW));
      Plan plan = trial.plan();
      Set<Digest> losing = new HashSet<>(plan.dying().stream().map(Content::digest).toList());
      List<LedgerRoot> stillHeld =
          doubtful.stream().filter(root -> !losing.contains(subject(root))).toList();
      if (stillHeld.isEmpty()) {
        decide(plan, trial);
        return;
      }
      stillHeld.forEach(root -> tags.setWeak(root, true));
      doubtful = doubtful.stream().filter(root -> losing.contains(subject(root))).toList();
    }
  }

  private static Digest subject(LedgerRoot root) {
    return Digest.parse(root.subject()).orElseThrow();
  }

  /**
   * The plan's roots are the doubtful ones and the weak ones that stand and fall with them. What
   * lives holds none of their subjects, so all of it is one more content that holds nothing.
   */
  private void decide(Plan plan, Planner trial) {
    Map<Long, Integer> numbers = new HashMap<>();
    Map<Digest, Integer> byDigest = new HashMap<>();
    List<Long> ids = new ArrayList<>();
    for (Content content : plan.dying()) {
      numbers.put(content.id(), ids.size());
      byDigest.put(content.digest(), ids.size());
      ids.add(content.id());
    }
    int living = ids.size();
    List<LedgerRoot> roots =
        plan.roots().stream().filter(root -> byDigest.containsKey(subject(root))).toList();
    boolean[] plain =
        new Stranding(
                living + 1,
                roots.stream()
                    .mapToInt(r -> numbers.getOrDefault(r.content().id(), living))
                    .toArray(),
                roots.stream().mapToInt(r -> byDigest.getOrDefault(subject(r), -1)).toArray(),
                (content, each) -> {
                  if (content != living) {
                    trial.below(ids.get(content)).stream()
                        .filter(numbers::containsKey)
                        .forEach(id -> each.accept(numbers.getOrDefault(id, -1)));
                  }
                })
            .plain();
    for (int i = 0; i < plain.length; i++) {
      if (roots.get(i).weak() == plain[i]) {
        tags.setWeak(roots.get(i), !plain[i]);
      }
    }
  }
}
