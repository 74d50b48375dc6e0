package io.github.ocigc.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The indexes and foreign keys of the large tables, off for a load and on again after it. A test
 * holds what {@link #create} makes against what the migrations made.
 */
final class LoadIndexes {
  private LoadIndexes() {}

  /** What the migrations made and the load is quicker without. */
  static void drop(Connection connection) throws SQLException {
    run(
        connection,
        "ALTER TABLE edge DROP CONSTRAINT edge_holder",
        "ALTER TABLE edge DROP CONSTRAINT edge_held_content",
        "DROP INDEX edge_held",
        "DROP INDEX edge_key",
        "ALTER TABLE content DROP CONSTRAINT content_digest",
        "ALTER TABLE tag DROP CONSTRAINT tag_names",
        "ALTER TABLE tag DROP CONSTRAINT tag_root",
        "DROP INDEX tag_content",
        "DROP INDEX tag_subject");
  }

  /** As the migrations have them. The rows come from one tally, whose keys fit by construction. */
  static void create(Connection connection) throws SQLException {
    run(
        connection,
        "ALTER TABLE content ADD CONSTRAINT content_digest UNIQUE (digest)",
        "CREATE UNIQUE INDEX edge_key ON edge (holder_id, held_id, role)",
        "CREATE INDEX edge_held ON edge (held_id)",
        """
        ALTER TABLE edge ADD CONSTRAINT edge_holder
          FOREIGN KEY (holder_id) REFERENCES content (id) ON DELETE RESTRICT NOCHECK
        """,
        "ALTER TABLE tag ADD CONSTRAINT tag_root UNIQUE NULLS NOT DISTINCT (name, content_id)",
        "CREATE INDEX tag_content ON tag (content_id)",
        "CREATE INDEX tag_subject ON tag (subject)",
        """
        ALTER TABLE tag ADD CONSTRAINT tag_names
          FOREIGN KEY (content_id) REFERENCES content (id) ON DELETE RESTRICT NOCHECK
        """,
        """
        ALTER TABLE edge ADD CONSTRAINT edge_held_content
          FOREIGN KEY (held_id) REFERENCES content (id) ON DELETE RESTRICT NOCHECK
        """);
  }

  static void run(Connection connection, String... statements) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }
}
