package io.github.ocigc.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The indexes and foreign keys of the large tables, off for a load and on again after it. A test
 * holds what this makes against what the schema has.
 */
final class LoadIndexes {
  private LoadIndexes() {}

  /** What the schema has and the load is quicker without. */
  static void drop(Connection connection) throws SQLException {
    run(
        connection,
        "ALTER TABLE content DROP CONSTRAINT content_size_floor",
        "ALTER TABLE content DROP CONSTRAINT content_state",
        "ALTER TABLE content DROP CONSTRAINT content_count_floor",
        "ALTER TABLE content DROP CONSTRAINT content_digest",
        "ALTER TABLE edge DROP CONSTRAINT edge_held_content",
        "DROP INDEX edge_held",
        "ALTER TABLE tag DROP CONSTRAINT tag_names",
        "ALTER TABLE tag DROP CONSTRAINT tag_root",
        "DROP INDEX tag_content",
        "DROP INDEX tag_subject",
        "DROP INDEX tag_weak",
        "ALTER TABLE referrer DROP CONSTRAINT referrer_content",
        "ALTER TABLE absent DROP CONSTRAINT absent_content",
        "ALTER TABLE damage DROP CONSTRAINT damage_content",
        "ALTER TABLE unheld DROP CONSTRAINT unheld_content",
        "ALTER TABLE lease_content DROP CONSTRAINT lease_content_names");
  }

  static void ofContents(Connection connection) throws SQLException {
    run(connection, "ALTER TABLE content ADD CONSTRAINT content_digest UNIQUE (digest)");
  }

  static void ofOthers(Connection connection) throws SQLException {
    run(
        connection,
        "CREATE INDEX edge_held ON edge (held_id)",
        "ALTER TABLE tag ADD CONSTRAINT tag_root UNIQUE NULLS NOT DISTINCT (name, content_id)",
        "CREATE INDEX tag_content ON tag (content_id)",
        "CREATE INDEX tag_subject ON tag (subject)",
        "CREATE INDEX tag_weak ON tag (weak, subject)");
  }

  /**
   * Checks and foreign keys, when all rows are there, and the next ids. The rows come from one
   * tally, which fits them by construction.
   */
  static void constrain(Connection connection, long nextContent, long nextTag) throws SQLException {
    run(
        connection,
        "ALTER TABLE content ALTER COLUMN id RESTART WITH " + nextContent,
        "ALTER TABLE tag ALTER COLUMN id RESTART WITH " + nextTag,
        check("content_size_floor", "size_bytes >= 0"),
        check("content_state", "state IN ('present', 'absent', 'condemned')"),
        check("content_count_floor", "ref_count >= 0"),
        key("edge", "edge_held_content", "held_id", "RESTRICT"),
        key("tag", "tag_names", "content_id", "RESTRICT"),
        key("referrer", "referrer_content", "content_id", "CASCADE"),
        key("absent", "absent_content", "content_id", "CASCADE"),
        key("damage", "damage_content", "content_id", "CASCADE"),
        key("unheld", "unheld_content", "content_id", "CASCADE"),
        key("lease_content", "lease_content_names", "content_id", "RESTRICT"));
  }

  private static String check(String name, String condition) {
    return "ALTER TABLE content ADD CONSTRAINT %s CHECK (%s) NOCHECK".formatted(name, condition);
  }

  private static String key(String table, String name, String column, String onDelete) {
    return """
        ALTER TABLE %s ADD CONSTRAINT %s
          FOREIGN KEY (%s) REFERENCES content (id) ON DELETE %s NOCHECK
        """
        .formatted(table, name, column, onDelete);
  }

  private static void run(Connection connection, String... statements) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }
}
