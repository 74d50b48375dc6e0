package io.github.ocigc.ledger;

import java.sql.SQLException;

/** The database refused a statement, or could not carry it out; the cause is its own exception. */
final class SqlFailure extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int code;

  SqlFailure(String doing, SQLException cause) {
    super(doing + ": " + cause.getMessage(), cause);
    this.code = cause.getErrorCode();
  }

  /** The database's number for it; see {@link org.h2.api.ErrorCode}. */
  int code() {
    return code;
  }
}
