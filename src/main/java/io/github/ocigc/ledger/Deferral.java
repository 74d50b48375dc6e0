package io.github.ocigc.ledger;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The table deferred: what a delete would have freed if no transfer had been using it. Nearly
 * always empty; costs one look while there are no leases.
 */
final class Deferral {
  private final Handle handle;

  Deferral(Handle handle) {
    this.handle = handle;
  }

  Set<Long> all() {
    if (handle.tables().isEmpty("deferred")) {
      return new HashSet<>();
    }
    return new HashSet<>(
        handle.sql("SELECT content_id FROM deferred").map(rs -> rs.getLong(1)).list());
  }

  /** Of what lives on after a delete, notes what only leases keep. */
  void add(Collection<Content> living) {
    Set<Long> onlyLeased = onlyLeased();
    onlyLeased.retainAll(living.stream().map(Content::id).toList());
    onlyLeased.removeAll(all());
    handle
        .sql(
            """
            INSERT INTO deferred (content_id)
            SELECT id FROM content WHERE id = ANY (:ids)
            """)
        .bind("ids", Rows.ids(onlyLeased))
        .execute();
  }

  /** Drops the notes on what has found another holder since. */
  void review() {
    Set<Long> held = all();
    if (!held.isEmpty()) {
      held.removeAll(onlyLeased());
      handle
          .sql("DELETE FROM deferred WHERE content_id = ANY (:ids)")
          .bind("ids", Rows.ids(held))
          .execute();
    }
  }

  /** What would be held by nothing if every lease ended now. */
  private Set<Long> onlyLeased() {
    Set<String> leases = new LeaseTable(handle).ids();
    if (leases.isEmpty()) {
      return new HashSet<>();
    }
    PlanRequest all = PlanRequest.ending(List.copyOf(leases));
    return new Planner(handle, all)
        .plan().dying().stream().map(Content::id).collect(Collectors.toCollection(HashSet::new));
  }
}
