package io.github.ocigc.ledger;

import java.util.Collection;
import java.util.List;

/**
 * What a trial deletion is to assume gone.
 *
 * @param leases the leases of transfers that are over
 * @param released edges that go although their holder stays: those of an edited document, and a
 *     referrer's when it is itself named; the latter only if the referrer goes
 * @param cut edges that stay, while what they name goes: a platform's, in an index that stays
 */
public record PlanRequest(
    List<LedgerRoot> roots,
    List<String> leases,
    List<EdgeKey> released,
    List<EdgeKey> cut,
    Weak weak) {
  /** What becomes of referrers and of weak roots whose subject dies. */
  public enum Weak {
    /** They go with it: our own delete. */
    FOLLOW,
    /** The roots stay, as plain ones; referrers without a root go: another tool's untagging. */
    STRAND,
    /** Referrers and roots stay: {@code --keep-referrers}. */
    KEEP
  }

  public PlanRequest {
    roots = List.copyOf(roots);
    leases = List.copyOf(leases);
    released = List.copyOf(released);
    cut = List.copyOf(cut);
  }

  public static PlanRequest dropping(List<LedgerRoot> roots, Weak weak) {
    return new PlanRequest(roots, List.of(), List.of(), List.of(), weak);
  }

  /** The same, and these leases end. */
  PlanRequest alsoEnding(Collection<String> more) {
    return new PlanRequest(roots, List.copyOf(more), released, cut, weak);
  }

  public static PlanRequest ending(List<String> leases) {
    return new PlanRequest(List.of(), leases, List.of(), List.of(), Weak.STRAND);
  }
}
