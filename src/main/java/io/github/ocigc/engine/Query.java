package io.github.ocigc.engine;

import io.github.ocigc.ledger.LedgerView;
import io.github.ocigc.oci.OcigcException;

/** A person's own question to the ledger, in SQL. */
public final class Query {
  private final OpenStore open;

  public Query(OpenStore open) {
    this.open = open;
  }

  /**
   * Asks.
   *
   * @throws OcigcException.Unusable if it is not one query, or one that would change or read
   *     anything but the ledger
   */
  public LedgerView.Answer run(String sql) {
    return open.ledger().view().select(sql);
  }
}
