package io.github.ocigc.ledger;

/**
 * A root and what it uses.
 *
 * @param totalBytes all that it reaches
 * @param uniqueBytes what only it reaches: what deleting it gives back; 0 for a weak root
 * @param created when what it names was made, as that says; empty if it does not
 */
public record RootUsage(LedgerRoot root, long totalBytes, long uniqueBytes, String created) {
  public long sharedBytes() {
    return totalBytes - uniqueBytes;
  }
}
