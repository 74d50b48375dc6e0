package io.github.ocigc.ledger;

import static java.util.Objects.requireNonNull;

import io.github.ocigc.oci.OcigcException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.flywaydb.core.Flyway;
import org.h2.tools.RunScript;

/**
 * The schema and its version. A new ledger is made by {@code db/schema.sql}, which is what all of
 * {@code db/migration} comes to and which a test holds to that: ten migrations, one after the
 * other, took most of the time of a first command. Flyway is loaded only when an earlier ledger is
 * to be migrated.
 */
final class LedgerSchema {
  /** The newest migration in {@code db/migration}; a test holds the two together. */
  static final int CURRENT = 10;

  /** The table in which Flyway notes what it has migrated. */
  private static final String HISTORY = "flyway_schema_history";

  private static final String SCRIPT = "/db/schema.sql";

  static final List<String> TABLES_AND_VIEWS =
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
          "USAGE_SAMPLE",
          "STRAY",
          "COUNT_DRIFT",
          "DISK_USAGE",
          "HOLDING",
          "IMAGE_CONTENT",
          "IMAGE_USAGE",
          "LAYER_USAGE",
          "ORPHAN",
          "REPOSITORY_USAGE",
          "SAME_IMAGE");

  /** How many there are of each, at least; a test counts them. */
  static final int INDEXES = 31;

  static final int CONSTRAINTS = 39;
  static final int RIGHTS = 1;

  private final Handle handle;

  LedgerSchema(Handle handle) {
    this.handle = handle;
  }

  /**
   * Why this is no schema of ours. An earlier one is brought up to date if that may be {@code
   * written}; a newer one throws.
   */
  Optional<String> objection(boolean written) {
    int version = version(handle.tables());
    requireKnown(version);
    if (version == 0) {
      return Optional.of("it is a database, but no ledger");
    }
    if (version < CURRENT) {
      if (!written) {
        return Optional.of("it was written by an earlier ocigc-ledger");
      }
      migrate();
    }
    return isWhole(handle.tables())
        ? Optional.empty()
        : Optional.of("parts of its schema are missing");
  }

  /** 0 if this is not a ledger. */
  static int version(Tables tables) {
    if (!tables.hasTables(List.of(HISTORY))) {
      return 0;
    }
    TreeMap<Long, Integer> versions = new TreeMap<>();
    tables
        .scan(HISTORY, "installed_rank", "version")
        .forEach(
            row -> versions.put(row.number(1), row.isNull(2) ? 0 : Integer.parseInt(row.text(2))));
    return versions.isEmpty() ? 0 : versions.lastEntry().getValue();
  }

  /**
   * False if something is missing, which a broken page of the catalogue can bring about: the
   * database opens without it, and says nothing.
   */
  static boolean isWhole(Tables tables) {
    return tables.hasTables(TABLES_AND_VIEWS)
        && tables.indexes() >= INDEXES
        && tables.constraints() >= CONSTRAINTS
        && tables.rights() >= RIGHTS;
  }

  private static void requireKnown(int version) {
    if (version > CURRENT) {
      throw new OcigcException.Unusable(
          "This ledger was written by a newer ocigc-ledger (schema "
              + version
              + "; this one knows "
              + CURRENT
              + "). Use the newer program, or move .ocigc/ledger.mv.db away to have it rebuilt.");
    }
  }

  /** Makes the tables of an empty database; if that fails, some of them may be there. */
  void create() throws SQLException {
    try (InputStream script = LedgerSchema.class.getResourceAsStream(SCRIPT);
        Reader text = new InputStreamReader(requireNonNull(script), StandardCharsets.UTF_8)) {
      RunScript.execute(handle.connection(), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Brings an earlier ledger's tables up to date. */
  void migrate() {
    Flyway.configure()
        .loggers("slf4j")
        .dataSource(new OneConnection(handle.connection()))
        .locations("classpath:db/migration")
        .load()
        .migrate();
  }
}
