package io.github.ocigc.ledger;

import io.github.ocigc.oci.OcigcException;
import java.util.List;
import java.util.Optional;
import org.flywaydb.core.Flyway;
import org.h2.api.ErrorCode;

/** The schema's version. Flyway is loaded only when there is something to migrate. */
final class LedgerSchema {
  /** The newest migration in {@code db/migration}; a test holds the two together. */
  static final int CURRENT = 9;

  private static final List<String> TABLES =
      List.of(
          "CONTENT",
          "EDGE",
          "TAG",
          "MEDIA_TYPE",
          "REFERRER",
          "DAMAGE",
          "ABSENT",
          "CONDEMNED",
          "UNHELD",
          "INTENT",
          "EVENT",
          "STORE_STATE",
          "LEASE",
          "LEASE_CONTENT",
          "DEFERRED",
          "PUSHED",
          "USAGE_TOTAL",
          "USAGE_SAMPLE");

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
      return handle.sql(sql).map(rs -> rs.getInt(1)).findOne();
    } catch (SqlFailure e) {
      if (e.code() / 10 == ErrorCode.TABLE_OR_VIEW_NOT_FOUND_1 / 10) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** False if a table is missing, which a broken page of the catalogue can bring about. */
  boolean isWhole() {
    return Catalogue.of(handle.connection()).hasTables(TABLES);
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
        .dataSource(new OneConnection(handle.connection()))
        .locations("classpath:db/migration")
        .load()
        .migrate();
  }
}
