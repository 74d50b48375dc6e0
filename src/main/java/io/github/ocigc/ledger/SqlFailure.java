package io.github.ocigc.ledger;

import java.sql.SQLException;

/** The database refused a statement, or could not carry it out; the cause is its own exception. */
final class SqlFailure extends RuntimeException {
  private static final long serialVersionUID = 1;

  SqlFailure(String doing, SQLException cause) {
    super(doing + ": " + cause.getMessage(), cause);
  }
}
