package io.github.ocigc.ledger;

import io.github.ocigc.oci.Digest;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Carrying out a plan inside the caller's transaction: roots and edges go, and what has lost its
 * last holder is condemned or, where another tool dropped it, merely unheld.
 */
final class Release {
  private final Counts counts;
  private final TagTable tags;
  private final ContentTable contents;
  private final DamageTable damage;
  private final Deferral deferral;

  Release(Handle handle, Counts counts) {
    this.counts = counts;
    this.tags = new TagTable(handle);
    this.contents = new ContentTable(handle);
    this.damage = new DamageTable(handle);
    this.deferral = new Deferral(handle);
  }

  /** Our own delete: the files of the dying are to go. */
  void condemn(Plan plan) {
    if (plan.changesNothing()) {
      return;
    }
    drop(plan);
    contents.nowCondemned(plan.condemned().stream().map(Content::id).toList());
    contents.nowUnheld(spared(plan).toList());
    damage.review(List.of());
    deferral.add(plan.living());
  }

  /**
   * Transfers are over. What a delete has dropped meanwhile is to go now; what else has lost its
   * last holder, such as the blobs of a pull that broke off, stays until a prune.
   *
   * @return what is condemned
   */
  List<Content> end(Plan plan) {
    Set<Long> deferred = deferral.all();
    drop(plan);
    List<Content> going =
        plan.obstacles().isEmpty()
            ? plan.condemned().stream().filter(c -> deferred.contains(c.id())).toList()
            : List.of();
    contents.nowCondemned(going.stream().map(Content::id).toList());
    contents.nowUnheld(
        plan.dying().stream()
            .filter(content -> content.state() != Content.State.ABSENT && !going.contains(content))
            .map(Content::id)
            .toList());
    damage.review(List.of());
    return going;
  }

  /** Another tool's: the files of the dying stay until a prune. */
  void unhold(Plan plan) {
    if (plan.changesNothing()) {
      return;
    }
    drop(plan);
    contents.nowUnheld(
        plan.dying().stream()
            .filter(content -> content.state() != Content.State.ABSENT)
            .map(Content::id)
            .toList());
    damage.review(List.of());
  }

  private static Stream<Long> spared(Plan plan) {
    return plan.dying().stream()
        .filter(content -> content.state() != Content.State.ABSENT)
        .map(Content::id)
        .filter(plan.spared()::contains);
  }

  private void drop(Plan plan) {
    counts.removeRoots(plan.roots());
    if (!plan.leases().isEmpty()) {
      counts.removeLeases(plan.leases());
    }
    List<Digest> lost =
        Stream.concat(plan.dying().stream(), plan.stranded().stream())
            .map(Content::digest)
            .toList();
    tags.speakingOf(lost).stream()
        .filter(LedgerRoot::weak)
        .forEach(stranded -> tags.setWeak(stranded, false));
    counts.removeEdges(plan.released());
    counts.removeEdgesOf(plan.dying().stream().map(Content::id).toList());
    contents.forget(
        plan.dying().stream()
            .filter(content -> content.state() == Content.State.ABSENT)
            .map(Content::id)
            .toList());
  }
}
