package io.github.ocigc.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Has another core load the database's classes, by opening an empty one in memory, while this one
 * reads the command line: 20 ms of 280. Changes nothing but when work is done.
 */
public final class Preload {
  private static final String TABLE =
      """
      CREATE TABLE a (
        id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        name VARCHAR NOT NULL UNIQUE,
        size BIGINT NOT NULL CHECK (size >= 0));
      CREATE INDEX b ON a (size);
      CREATE VIEW c AS SELECT name, SUM(size) AS size FROM a WHERE size > 0 GROUP BY name
      """;

  private static final String QUERY =
      "SELECT a.name, b.size FROM a JOIN a b ON b.id = a.id WHERE a.id = 1 ORDER BY a.name";

  private Preload() {}

  /** Returns at once. The thread ends by itself, and does not keep the process. */
  public static void begin() {
    start(Preload::load);
  }

  /** As {@link #begin}, of the little that a {@link LedgerGlance} needs: 15 ms of 170. */
  public static void beginGlance() {
    start(() -> TableFile.empty().close());
  }

  private static void start(Runnable loading) {
    Thread thread = new Thread(loading, "preload");
    thread.setDaemon(true);
    thread.start();
  }

  private static void load() {
    try {
      try (Connection connection = LedgerFile.connect("mem:", "");
          Statement statement = connection.createStatement()) {
        statement.execute(TABLE);
        statement.executeQuery(QUERY).close();
      }
    } catch (SQLException e) {
      throw new IllegalStateException("the database cannot even be opened in memory", e);
    }
  }
}
