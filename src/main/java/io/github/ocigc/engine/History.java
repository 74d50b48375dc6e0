package io.github.ocigc.engine;

import io.github.ocigc.ledger.Event;
import java.util.List;

/** What was done to a store. */
public final class History {
  private final OpenStore open;

  public History(OpenStore open) {
    this.open = open;
  }

  /** At most {@code limit} events, the newest first. */
  public List<Event> run(int limit) {
    return open.ledger().view().history(limit);
  }
}
