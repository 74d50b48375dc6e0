package io.github.ocigc.ledger;

import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * What the transaction under way has changed that sums depend on; noted by those who change it, and
 * seen to before the commit by {@link UsageReview}.
 */
final class Touched {
  private final Set<Long> reasons = new HashSet<>();
  private final Set<Long> holders = new HashSet<>();
  private Totals totals = Totals.ZERO;
  private Optional<Event> event = Optional.empty();

  /** A content is named by more or fewer than before, or by others. */
  void reasons(Collection<Long> contents) {
    reasons.addAll(contents);
  }

  /** A content holds others than before, or has another size. */
  void holders(Collection<Long> contents) {
    holders.addAll(contents);
  }

  /** Contents came, went or changed kind. */
  void totals(Totals change) {
    totals = totals.plus(change);
  }

  /** Something was done to the store; of several, the last. */
  void event(Event done) {
    event = Optional.of(done);
  }

  Set<Long> reasons() {
    return reasons;
  }

  Set<Long> holders() {
    return holders;
  }

  Totals totals() {
    return totals;
  }

  Optional<Event> event() {
    return event;
  }

  void clear() {
    reasons.clear();
    holders.clear();
    totals = Totals.ZERO;
    event = Optional.empty();
  }
}
