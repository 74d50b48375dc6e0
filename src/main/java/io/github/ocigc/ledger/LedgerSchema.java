package io.github.ocigc.ledger;

import io.github.ocigc.oci.OcigcException;
import java.sql.SQLException;
import java.util.Optional;
import org.flywaydb.core.Flyway;
import org.h2.api.ErrorCode;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.UnableToCreateStatementException;

/** The schema's version. Flyway is loaded only when there is something to migrate. */
final class LedgerSchema {
  /** The newest migration in {@code db/migration}; a test holds the two together. */
  static final int CURRENT = 5;

  private final Handle handle;

  LedgerSchema(Handle handle) {
    this.handle = handle;
  }

  /** 0 if this is not a ledger. */
  int version() {
    return existing(
            """
            SELECT CAST("version" AS INTEGER)
            FROM "flyway_schema_history"
            ORDER BY "installed_rank" DESC
            LIMIT 1
            """)
        .orElse(0);
  }

  /** A number from tables that may not exist; asking them is quicker than asking for them. */
  private Optional<Integer> existing(String sql) {
    try {
      return handle.createQuery(sql).map((rs, ctx) -> rs.getInt(1)).findOne();
    } catch (UnableToCreateStatementException e) {
      if (e.getCause() instanceof SQLException sqlTrouble
          && sqlTrouble.getErrorCode() / 10 == ErrorCode.TABLE_OR_VIEW_NOT_FOUND_1 / 10) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** False if a table is missing, which a broken page of the catalogue can bring about. */
  boolean isWhole() {
    return existing(
            """
            SELECT COUNT(*)
            FROM content, edge, tag, media_type, referrer, damage, absent, condemned, unheld,
              intent, event, store_state, lease, lease_content, deferred, pushed
            WHERE FALSE
            """)
        .isPresent();
  }

  void requireKnown(int version) {
    if (version > CURRENT) {
      throw new OcigcException.Unusable(
          "This ledger was written by a newer ocigc-ledger (schema "
              + version
              + "; this one knows "
              + CURRENT
              + "). Use the newer program, or move .ocigc/ledger.mv.db away to have it rebuilt.");
    }
  }

  void migrate() {
    Flyway.configure()
        .loggers("slf4j")
        .dataSource(new OneConnection(handle.getConnection()))
        .locations("classpath:db/migration")
        .load()
        .migrate();
  }
}
