package io.github.ocigc.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The power goes at any moment, and of what was not fsynced any sectors are on the disk: then the
 * file opens by itself, and holds every commit that had returned, and no part of another.
 */
class PowerCutTest {
  private static final int ROWS = 2000;
  private static final int SESSIONS = 4;
  private static final int USUAL_ROUNDS = 4;
  private static final int ROUNDS = Integer.getInteger("ocigc.powercut.rounds", USUAL_ROUNDS);
  private static final int ONE_CUT_IN = 12;

  @TempDir Path folder;

  /** What was on the disk, which commits had to be there, and which had been begun. */
  private record Cut(byte[] disk, long returned, long begun) {}

  private final List<Cut> cuts = new ArrayList<>();
  private long returned = -1;
  private long begun = -1;

  /** Each round goes on with what one of the cuts of the round before has left. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void whatWasCommittedIsThere(long seed) throws Exception {
    Random random = new Random(seed);
    SealedFile.register();
    Path file = folder.resolve("ledger.mv.db");
    byte[] disk = {};
    for (int round = 0; round < ROUNDS; round++) {
      if (disk.length > 0) {
        Files.write(file, disk);
      }
      cuts.clear();
      LossyDisk.start(
          disk,
          () -> {
            if (returned >= 0 && random.nextInt(ONE_CUT_IN) == 0) {
              cuts.add(new Cut(LossyDisk.afterPowerCut(random), returned, begun));
            }
          });
      work(random);
      assertThat(Files.size(file))
          .as("space was used again")
          .isLessThan(4_000_000 + 100_000L * Math.max(0, round - USUAL_ROUNDS));
      for (Cut cut : cuts) {
        verify(cut);
      }
      Cut left = cuts.get(random.nextInt(cuts.size()));
      disk = left.disk();
      returned = left.returned();
      begun = left.begun();
    }
  }

  private void work(Random random) throws SQLException {
    String url = "jdbc:h2:sealed:lossy:" + folder.resolve("ledger");
    for (int session = 0; session < SESSIONS; session++) {
      OptionalLong atRest = LedgerFile.closedVersion(folder.resolve("ledger.mv.db"));
      Connection connection = connect(url);
      try (Statement statement = connection.createStatement()) {
        Space.of(connection).reuseAtOnce();
        if (atRest.isPresent()) {
          LostPages.of(connection).free(atRest.getAsLong(), Duration.ofSeconds(1));
        }
        connection.setAutoCommit(false);
        if (returned < 0) {
          create(connection, statement);
        }
        long closed = begun;
        long n = number(statement);
        if (session > 0) {
          assertThat(n).as("what was committed before it was closed").isEqualTo(closed);
        }
        for (long end = n + random.nextInt(40); n < end; ) {
          n++;
          for (int i = 0; i < 10; i++) {
            statement.execute(
                "UPDATE numbered SET n = %d WHERE id = %d".formatted(n, random.nextInt(ROWS)));
          }
          statement.execute(
              "UPDATE last SET n = %d, total = (SELECT SUM(n) FROM numbered)".formatted(n));
          statement.execute("INSERT INTO numbering (n) VALUES (%d)".formatted(n));
          begun = n;
          commit(connection, statement, random.nextInt(3));
          if (n % 8 == 4) {
            Space.of(connection).gather();
          }
          if (n % 8 == 0) {
            Space.of(connection).tidy(Duration.ofMillis(20));
          }
        }
        Space.of(connection).writtenLater(() -> done(connection::close));
      }
    }
  }

  /** At once; or later, with a checkpoint or without. */
  private void commit(Connection connection, Statement statement, int way) throws SQLException {
    if (way == 0) {
      connection.commit();
      returned = begun;
    } else {
      Space.of(connection).writtenLater(() -> done(connection::commit));
      if (way == 1) {
        statement.execute("CHECKPOINT SYNC");
        returned = begun;
      }
    }
  }

  private interface Work {
    void run() throws SQLException;
  }

  private static boolean done(Work work) {
    try {
      work.run();
      return true;
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  private long number(Statement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery("SELECT n FROM last")) {
      row.next();
      returned = row.getLong(1);
      begun = returned;
      return returned;
    }
  }

  private void create(Connection connection, Statement statement) throws SQLException {
    statement.execute("CREATE TABLE numbered (id INT PRIMARY KEY, n BIGINT, more VARCHAR)");
    statement.execute("CREATE INDEX numbered_n ON numbered (n)");
    statement.execute("CREATE TABLE last (n BIGINT, total BIGINT)");
    statement.execute("INSERT INTO last VALUES (0, 0)");
    statement.execute(
        "CREATE TABLE numbering (id BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY, n BIGINT)");
    statement.execute(
        "INSERT INTO numbered SELECT x - 1, 0, REPEAT('-', 100) FROM SYSTEM_RANGE(1, %d)"
            .formatted(ROWS));
    connection.commit();
    returned = 0;
  }

  private void verify(Cut cut) throws SQLException, IOException {
    Path copy = folder.resolve("copy.mv.db");
    Files.write(copy, cut.disk());
    try (Connection connection = connect("jdbc:h2:sealed:" + folder.resolve("copy"));
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                """
                SELECT n, total, (SELECT SUM(n) FROM numbered),
                  (SELECT COUNT(*) FROM numbered WHERE n >= 0), (SELECT COUNT(more) FROM numbered),
                  (SELECT COUNT(*) FROM numbering), (SELECT COALESCE(MAX(n), 0) FROM numbering)
                FROM last
                """)) {
      row.next();
      assertThat(row.getLong(1)).isBetween(cut.returned(), cut.begun());
      assertThat(row.getLong(3)).isEqualTo(row.getLong(2));
      assertThat(row.getInt(4)).isEqualTo(ROWS);
      assertThat(row.getInt(5)).isEqualTo(ROWS);
      assertThat(row.getLong(6)).isEqualTo(row.getLong(1)).isEqualTo(row.getLong(7));
    }
  }

  private static Connection connect(String base) throws SQLException {
    return DriverManager.getConnection(
        base + ";WRITE_DELAY=0;MAX_COMPACT_TIME=0;DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0",
        "sa",
        "");
  }
}
