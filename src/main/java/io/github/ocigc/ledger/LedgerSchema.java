package io.github.ocigc.ledger;

import io.github.ocigc.oci.OcigcException;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Handle;

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
    boolean known =
        handle
                .createQuery(
                    """
                    SELECT COUNT(*)
                    FROM INFORMATION_SCHEMA.TABLES
                    WHERE TABLE_NAME = 'flyway_schema_history'
                    """)
                .map((rs, ctx) -> rs.getInt(1))
                .one()
            > 0;
    return known
        ? handle
            .createQuery(
                """
                SELECT CAST("version" AS INTEGER)
                FROM "flyway_schema_history"
                ORDER BY "installed_rank" DESC
                LIMIT 1
                """)
            .map((rs, ctx) -> rs.getInt(1))
            .findOne()
            .orElse(0)
        : 0;
  }

  /** False if a table is missing, which a broken page of the catalogue can bring about. */
  boolean isWhole() {
    return handle
            .createQuery(
                """
                SELECT COUNT(*)
                FROM INFORMATION_SCHEMA.TABLES
                WHERE TABLE_SCHEMA = 'PUBLIC' AND TABLE_NAME IN ('CONTENT', 'EDGE', 'TAG',
                  'MEDIA_TYPE', 'REFERRER', 'DAMAGE', 'ABSENT', 'CONDEMNED', 'UNHELD', 'INTENT',
                  'EVENT', 'STORE_STATE', 'LEASE', 'LEASE_CONTENT', 'DEFERRED', 'PUSHED')
                """)
            .map((rs, ctx) -> rs.getInt(1))
            .one()
        == 16;
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
