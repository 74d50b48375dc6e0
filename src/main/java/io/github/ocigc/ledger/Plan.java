package io.github.ocigc.ledger;

import io.github.ocigc.oci.RootKey;
import java.util.List;
import java.util.Set;

/**
 * What follows if some roots go: the outcome of a trial deletion. Nothing has happened yet.
 *
 * @param roots the roots that go, the weak ones of what dies among them
 * @param leases the leases that end
 * @param dying contents that nothing holds any more, holders before what they held
 * @param spared of {@code dying}, those that are damaged or lie below damage: they lose their
 *     holders, and their files stay
 * @param living contents below the roots that something else holds
 * @param orphaned referrers that stay without their subject and have no root of their own yet
 * @param stranded contents that live on by what stays for its own sake alone; which of the roots
 *     that speak of them are plain then, {@link StrandedRoots} says
 * @param released edges that go although their holder stays
 * @param cut contents whose file goes although an edge still names them
 * @param obstacles damaged contents that stay held; while there are any, nothing may be condemned
 */
public record Plan(
    List<LedgerRoot> roots,
    List<String> leases,
    List<Content> dying,
    Set<Long> spared,
    List<Content> living,
    List<Content> orphaned,
    List<Content> stranded,
    List<EdgeKey> released,
    Set<Long> cut,
    List<Content> obstacles) {
  public Plan {
    roots = List.copyOf(roots);
    leases = List.copyOf(leases);
    dying = List.copyOf(dying);
    spared = Set.copyOf(spared);
    living = List.copyOf(living);
    orphaned = List.copyOf(orphaned);
    stranded = List.copyOf(stranded);
    released = List.copyOf(released);
    cut = Set.copyOf(cut);
    obstacles = List.copyOf(obstacles);
  }

  /** True if nothing would go, so that the ledger stays as it is. */
  boolean changesNothing() {
    return roots.isEmpty() && leases.isEmpty() && dying.isEmpty() && released.isEmpty();
  }

  public List<RootKey> rootKeys() {
    return roots.stream().map(LedgerRoot::key).toList();
  }

  /** What will be unlinked: the dying that are here and not spared. */
  public List<Content> condemned() {
    return dying.stream()
        .filter(c -> c.state() == Content.State.PRESENT && !spared.contains(c.id()))
        .toList();
  }
}
