package io.github.ocigc.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.h2.mvstore.MVStoreException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The storage engine alone finds in a closed database's file what the database finds. */
final class TableFileTest {
  /** A row for every table; no two neighbouring columns of a kind are equal. */
  private static final List<String> ROWS =
      List.of(
          "INSERT INTO content (digest, size_bytes, state, form, ref_count, created, sole_tag_id,"
              + " allocated_bytes) SELECT 'sha256:' || x, x * 7, 'present', 'document', x,"
              + " '2024-01-0' || x, x * 3, x * 4096 FROM SYSTEM_RANGE(1, 5)",
          "INSERT INTO media_type (name) VALUES ('a/type'), ('another/type')",
          "INSERT INTO tag (name, content_id, media_type_id, stamp, subject, weak, total_bytes,"
              + " unique_bytes, created, total_allocated_bytes, unique_allocated_bytes,"
              + " content_digest) SELECT CASE WHEN x > 1 THEN 'host/app:v' || x END, x, 1 + x / 4,"
              + " 'stamp', CASE WHEN x < 3 THEN 'sha256:9' END, x = 2, x * 100, x * 10,"
              + " 'at ' || x, x * 4096, x * 512, 'sha256:' || x FROM SYSTEM_RANGE(1, 5)",
          "INSERT INTO edge VALUES (1, 2, 'layer', 3, 2, 'linux/amd64'),"
              + " (1, 3, 'config', 4, NULL, NULL)",
          "INSERT INTO referrer VALUES (2, 'sha256:9')",
          "INSERT INTO damage VALUES (3)",
          "INSERT INTO absent VALUES (4)",
          "INSERT INTO condemned VALUES (5, '2024-05-06 07:08:09.123+02:00')",
          "INSERT INTO unheld VALUES (5, '2023-05-06 07:08:09.123-11:00')",
          "INSERT INTO intent VALUES (NULL, 'sha256:1'), ('name', 'sha256:2')",
          "INSERT INTO event (at, action, reference, freed_blobs, freed_bytes)"
              + " VALUES ('2024-05-06 07:08:09+00:00', 'delete', 'app', 3, 4)",
          "INSERT INTO store_state VALUES (1, 'oci-layout', '/store', '1:2', 'roots', 'blobs', 9,"
              + " 'COMPLETE')",
          "INSERT INTO lease VALUES ('id', 'owner')",
          "INSERT INTO lease_content VALUES ('id', 2)",
          "INSERT INTO deferred VALUES (2)",
          "INSERT INTO pushed VALUES ('sha256:1', 'host:5000', 'app', NULL,"
              + " '2024-05-06 07:08:09+00:00'), ('sha256:1', 'host', 'lib', 'v1',"
              + " '2024-05-06 07:08:10+00:00')",
          "INSERT INTO stray VALUES ('blobs/stray')",
          "INSERT INTO usage_sample (at, action, roots, blobs, bytes, allocated_bytes)"
              + " VALUES ('2024-05-06 07:08:09+00:00', 'pull', 1, 2, 3, 4)");

  @TempDir Path folder;

  private Connection connect() throws SQLException {
    return LedgerFile.connect("file:" + folder.resolve("ledger"), ";DEFAULT_LOCK_TIMEOUT=0");
  }

  private Path file() {
    return folder.resolve("ledger" + LedgerFile.SUFFIX);
  }

  /** Of each table, its columns in no particular order. */
  private static Map<String, List<String>> tables(Connection connection) throws SQLException {
    Map<String, List<String>> tables = new LinkedHashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                """
                SELECT columns.table_name, columns.column_name
                FROM information_schema.columns
                JOIN information_schema.tables ON tables.table_name = columns.table_name
                WHERE columns.table_schema = 'PUBLIC' AND tables.table_type = 'BASE TABLE'
                ORDER BY columns.table_name, columns.column_name
                """)) {
      while (rows.next()) {
        tables.computeIfAbsent(rows.getString(1), t -> new ArrayList<>()).add(rows.getString(2));
      }
    }
    return tables;
  }

  /** All cells as text, column by column, NULL as nothing. */
  private static Map<String, List<String>> cells(Connection connection) throws SQLException {
    Map<String, List<String>> cells = new LinkedHashMap<>();
    try (Statement statement = connection.createStatement()) {
      for (Map.Entry<String, List<String>> table : tables(connection).entrySet()) {
        for (String column : table.getValue()) {
          List<String> values = new ArrayList<>();
          try (ResultSet rows =
              statement.executeQuery(
                  "SELECT COALESCE(CAST(\"%s\" AS VARCHAR), '') FROM \"%s\" ORDER BY _ROWID_"
                      .formatted(column, table.getKey()))) {
            while (rows.next()) {
              values.add(rows.getString(1));
            }
          }
          cells.put(table.getKey() + " " + column, values);
        }
      }
    }
    return cells;
  }

  private void readsAsTheDatabaseDoes() throws SQLException {
    Map<String, List<String>> expected;
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      for (String row : ROWS) {
        statement.execute(row);
      }
      expected = cells(connection);
    }
    assertThat(expected).hasSizeGreaterThan(90).allSatisfy((c, v) -> assertThat(v).isNotEmpty());

    try (TableFile file = TableFile.open(file())) {
      assertThat(file.settled()).isTrue();
      assertThat(LedgerSchema.isWhole(file)).isTrue();
      assertThat(file.indexes()).isEqualTo(LedgerSchema.INDEXES);
      assertThat(file.constraints()).isEqualTo(LedgerSchema.CONSTRAINTS);
      assertThat(file.rights()).isEqualTo(LedgerSchema.RIGHTS);
      expected.forEach(
          (cell, values) -> {
            String[] words = cell.toLowerCase(Locale.ROOT).split(" ");
            List<String> found = new ArrayList<>();
            file.scan(words[0], words[1]).forEach(row -> found.add(row.textOrEmpty(1)));
            assertThat(found).as(cell).isEqualTo(values);
          });
    }
  }

  @Test
  void aLedgerThatWasMadeNew() throws SQLException {
    try (Connection connection = connect()) {
      new LedgerSchema(new Handle(connection)).create();
    }
    readsAsTheDatabaseDoes();
  }

  @Test
  void aLedgerThatWasMigrated() throws SQLException {
    try (Connection connection = connect()) {
      new LedgerSchema(new Handle(connection)).migrate();
    }
    readsAsTheDatabaseDoes();
  }

  @Test
  void whatAnOpenTransactionLeftIsNoticed() throws IOException, SQLException {
    try (Connection connection = connect()) {
      new LedgerSchema(new Handle(connection)).create();
    }
    Path copy = folder.resolve("copy" + LedgerFile.SUFFIX);
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("INSERT INTO media_type (name) VALUES ('not committed')");
      Catalogue.of(connection).store().commit(); // as it does by itself for a large transaction
      Files.copy(file(), copy);
      connection.rollback();
    }
    try (TableFile file = TableFile.open(copy)) {
      assertThat(file.settled()).isFalse();
    }
  }

  @Test
  void whatSomebodyHasOpenIsNotRead() throws SQLException {
    try (Connection connection = connect()) {
      new LedgerSchema(new Handle(connection)).create();
      assertThatThrownBy(() -> TableFile.open(file())).isInstanceOf(MVStoreException.class);
    }
  }
}
