package io.github.ocigc.ledger;

import java.sql.SQLException;

/**
 * Has another core load the database's classes, by opening an empty one in memory, while this one
 * reads the command line: 20 ms of 280. Changes nothing but when work is done.
 */
public final class Preload {
  private Preload() {}

  /** Returns at once. The thread ends by itself, and does not keep the process. */
  public static void begin() {
    Thread thread = new Thread("preload") { // no lambda: the first of them costs milliseconds
          @Override
          public void run() {
            load();
          }
        };
    thread.setDaemon(true);
    thread.start();
  }

  private static void load() {
    try {
      LedgerFile.connect("mem:", "").close();
    } catch (SQLException e) {
      throw new IllegalStateException("the database cannot even be opened in memory", e);
    }
  }
}
