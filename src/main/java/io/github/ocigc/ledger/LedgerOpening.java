package io.github.ocigc.ledger;

/** What came of opening a ledger's file. */
public sealed interface LedgerOpening {
  /** Open; the caller closes it. */
  record Opened(Ledger ledger) implements LedgerOpening {}

  /** There is no file. */
  record Missing() implements LedgerOpening {}

  /** There is a file, and it is not a ledger that can be trusted. It was not changed. */
  record Unusable(String reason) implements LedgerOpening {}

  /** Another program has the database open, and takes no part in the store's lock. */
  record Busy() implements LedgerOpening {}
}
