package io.github.ocigc.ledger;

import java.sql.SQLException;
import java.time.temporal.ChronoUnit;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.StatementContext;

/** Adds up how long statements take; used by one thread, as the connection is. */
final class SqlTime implements SqlLogger {
  private long nanos;

  @Override
  public void logAfterExecution(StatementContext context) {
    nanos += context.getElapsedTime(ChronoUnit.NANOS);
  }

  @Override
  public void logException(StatementContext context, SQLException ex) {
    nanos += context.getElapsedTime(ChronoUnit.NANOS);
  }

  long nanos() {
    return nanos;
  }
}
