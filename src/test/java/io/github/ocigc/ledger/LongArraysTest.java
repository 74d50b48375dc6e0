package io.github.ocigc.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** More values than the database takes in one array: a store may have a million blobs. */
class LongArraysTest {
  private static final int MANY = 150_001;

  private Connection connection;
  private Handle handle;

  @BeforeEach
  void anEmptyDatabase() throws SQLException {
    connection = DriverManager.getConnection("jdbc:h2:mem:");
    handle = new Handle(connection);
    handle.execute("CREATE TABLE number (id BIGINT PRIMARY KEY, name VARCHAR)");
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
  }

  private static Long[] numbers(int count) {
    return LongStream.rangeClosed(1, count).boxed().toArray(Long[]::new);
  }

  private int insert(Long[] ids, String[] names) {
    return handle
        .sql(
            """
            INSERT INTO number (id, name)
            SELECT id, name
            FROM UNNEST(CAST(:ids AS BIGINT ARRAY), CAST(:names AS VARCHAR ARRAY))
              AS fresh (id, name)
            """)
        .bind("ids", ids)
        .bind("names", names)
        .execute();
  }

  private static String[] names(Long[] ids) {
    String[] names = new String[ids.length];
    for (int i = 0; i < ids.length; i++) {
      names[i] = "n" + ids[i];
    }
    return names;
  }

  @Test
  void columnsGoInTogether() {
    Long[] ids = numbers(MANY);

    assertThat(insert(ids, names(ids))).isEqualTo(MANY);

    List<String> wrong =
        handle
            .sql("SELECT name FROM number WHERE name <> 'n' || id")
            .map(rs -> rs.getString(1))
            .list();
    assertThat(wrong).isEmpty();
  }

  @Test
  void nothingStopsEarlyThatLooksForSeveral() {
    assertThatThrownBy(() -> handle.sql("SELECT id FROM number WHERE id = ANY (:ids) LIMIT 2"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("stops early");
  }

  @Test
  void withoutValuesNothingIsDoneAndNothingPrepared() {
    assertThat(insert(new Long[0], new String[0])).isZero();
    assertThat(handle.sql("no SQL :ids").bind("ids", new Long[0]).execute()).isZero();
  }

  /** What the rule is for. If this fails, the rule may go. */
  @Test
  void theDatabaseWouldGoOnWithWhatWasLeftTheLastTime() throws SQLException {
    handle.execute("CREATE TABLE pair (a BIGINT, b BIGINT)");
    handle.execute("CREATE INDEX pair_a ON pair (a)");
    handle.execute("INSERT INTO pair SELECT 1, x FROM SYSTEM_RANGE(1, 10)");
    try (PreparedStatement some =
        connection.prepareStatement("SELECT b FROM pair WHERE a = ANY (?) LIMIT ?")) {
      assertThat(rows(some, 4)).containsExactly(1L, 2L, 3L, 4L);
      assertThat(rows(some, 100)).startsWith(5L, 6L).hasSize(16);
    }
  }

  private static List<Long> rows(PreparedStatement statement, int limit) throws SQLException {
    statement.setObject(1, new Long[] {1L, 2L});
    statement.setInt(2, limit);
    List<Long> rows = new ArrayList<>();
    try (ResultSet answer = statement.executeQuery()) {
      while (answer.next()) {
        rows.add(answer.getLong(1));
      }
    }
    return rows;
  }

  @Test
  void eachIsFoundOnceAndTheStatementCanBeUsedAgain() {
    Long[] ids = numbers(MANY);
    insert(ids, names(ids));
    String sql = "SELECT id FROM number WHERE id = ANY (:ids)";

    for (int count : new int[] {MANY, 3, 5_000, 5_001, 0, MANY}) {
      List<Long> found =
          handle.sql(sql).bind("ids", numbers(count)).map(rs -> rs.getLong(1)).list();
      assertThat(found).hasSize(count).doesNotHaveDuplicates();
    }
  }

  @Test
  void longArraysThatDoNotBelongTogetherAreRefused() {
    Long[] ids = numbers(MANY);

    assertThatThrownBy(() -> insert(ids, names(numbers(MANY - 1))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("several lengths");
  }
}
