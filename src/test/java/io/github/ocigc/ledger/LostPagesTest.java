package io.github.ocigc.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows whose key in an index changes, and chunks that are emptied all the time. */
class LostPagesTest {
  private static final int ROWS = 500;
  private static final int SESSIONS = 60;
  private static final int CHANGES = 24;
  private static final Duration LONG = Duration.ofMinutes(1);

  @TempDir Path folder;
  private final Random random = new Random(7);
  private int found;

  @BeforeEach
  void createTable() throws SQLException {
    SealedFile.register();
    try (Connection connection = open();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE numbered (id INT PRIMARY KEY, n BIGINT, more VARCHAR)");
      statement.execute("CREATE INDEX numbered_n ON numbered (n)");
      statement.execute(
          "INSERT INTO numbered SELECT x - 1, 0, REPEAT('-', 100) FROM SYSTEM_RANGE(1, %d)"
              .formatted(ROWS));
    }
  }

  @Test
  void theirChunksAreUsedAgain() throws Exception {
    for (int session = 0; session < SESSIONS; session++) {
      change(session, true);
    }
    assertThat(found).as("pages that the database had lost").isPositive();
    assertThat(Files.size(file())).isLessThan(1_000_000);
  }

  /** What the database is yet to note as free must not be noted by another. */
  @Test
  void aStoreThatWasChangedSinceItWasOpenedIsLeft() throws Exception {
    for (int session = 0; session < SESSIONS; session++) {
      change(session, false);
    }
    OptionalLong closed = LedgerFile.closedVersion(file());
    try (Connection connection = open();
        Statement statement = connection.createStatement()) {
      statement.execute("UPDATE numbered SET n = n WHERE id = 0");
      assertThat(free(connection, closed)).isZero();
    }
    closed = LedgerFile.closedVersion(file());
    try (Connection connection = open()) {
      assertThat(free(connection, closed)).isPositive();
      assertThat(free(connection, OptionalLong.of(closed.getAsLong() - 1))).isZero();
    }
  }

  private void change(int session, boolean mend) throws SQLException {
    long sum;
    OptionalLong closed = LedgerFile.closedVersion(file());
    try (Connection connection = open();
        Statement statement = connection.createStatement()) {
      Space space = Space.of(connection);
      space.reuseAtOnce();
      if (mend) {
        found += free(connection, closed);
      }
      connection.setAutoCommit(false);
      for (int i = 0; i < CHANGES; i++) {
        for (int row = 0; row < 10; row++) {
          statement.execute(
              "UPDATE numbered SET n = %d WHERE id = %d"
                  .formatted(session * CHANGES + i, random.nextInt(ROWS)));
        }
        connection.commit();
        if (i % 8 == 7) {
          space.gather();
          space.tidy(Duration.ofMillis(20));
        }
      }
      sum = sum(statement);
      if (session > 0 && random.nextInt(10) == 0) {
        assertThat(sum).isEqualTo(sumByIndex(statement));
      }
    }
    try (Connection connection = open();
        Statement statement = connection.createStatement()) {
      assertThat(sum(statement)).isEqualTo(sum);
    }
  }

  private static int free(Connection connection, OptionalLong closed) {
    return LostPages.of(connection).free(closed.orElseThrow(), LONG);
  }

  private static long sum(Statement statement) throws SQLException {
    return number(statement, "SELECT SUM(n) FROM numbered WHERE more > ''");
  }

  private static long sumByIndex(Statement statement) throws SQLException {
    return number(statement, "SELECT SUM(n) FROM numbered WHERE n >= 0");
  }

  private static long number(Statement statement, String query) throws SQLException {
    try (ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getLong(1);
    }
  }

  private Path file() {
    return folder.resolve("numbers.mv.db");
  }

  private Connection open() throws SQLException {
    return LedgerFile.connect(
        SealedFile.SCHEME + ":" + folder.resolve("numbers"),
        ";WRITE_DELAY=0;MAX_COMPACT_TIME=0;DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0");
  }
}
