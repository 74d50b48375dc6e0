package io.github.ocigc.ledger;

/** The one row of {@code store_state}: which store the ledger is of, and what of it was seen. */
public record StoreState(
    String kind,
    String root,
    String identity,
    String rootsFingerprint,
    String blobsStamp,
    long generation,
    boolean complete) {
  /** The identity of a ledger that an earlier version wrote: it is to be built anew. */
  public static final String OUTDATED = "outdated";

  public StoreState seen(String newFingerprint, String newStamp) {
    return new StoreState(kind, root, identity, newFingerprint, newStamp, generation + 1, complete);
  }
}
