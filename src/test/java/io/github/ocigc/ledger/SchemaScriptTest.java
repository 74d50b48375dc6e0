package io.github.ocigc.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.h2.tools.RunScript;
import org.junit.jupiter.api.Test;

/**
 * A new ledger's script makes what the migrations make, all rows and rights included. After a new
 * migration, {@code mvn test -Dtest=SchemaScriptTest -Docigc.schema=write} writes the script.
 */
final class SchemaScriptTest {
  private static final Path SCRIPT = Path.of("db/schema.sql");
  private static final String HEAD =
      """
      -- What db/migration makes of an empty database, in one go. Not written by hand: a test writes
      -- it anew (SchemaScriptTest) and compares the two.
      """;

  private static final List<String> ORDER =
      List.of(
          "CREATE USER",
          "CREATE TABLE",
          "ALTER TABLE .* PRIMARY KEY",
          "ALTER TABLE .* UNIQUE",
          "CREATE (UNIQUE .*)?INDEX",
          "ALTER TABLE .* CHECK\\(",
          "ALTER TABLE .* FOREIGN KEY",
          "CREATE FORCE VIEW",
          "INSERT",
          "GRANT");

  @Test
  void itMakesWhatTheMigrationsMake() throws IOException, SQLException {
    List<String> migrated = migrated();
    if (System.getProperty("ocigc.schema", "").equals("write")) {
      Files.writeString(SCRIPT, HEAD + String.join("\n", migrated) + "\n");
    }

    assertThat(created(Files.readString(SCRIPT))).isEqualTo(migrated);
  }

  @Test
  void migrationsGoOnFromThere() throws SQLException {
    try (Connection connection = memory()) {
      LedgerSchema schema = new LedgerSchema(new Handle(connection));
      schema.create();
      List<String> created = statements(connection);

      schema.migrate();

      assertThat(statements(connection)).isEqualTo(created);
      assertThat(LedgerSchema.version(Catalogue.of(connection))).isEqualTo(LedgerSchema.CURRENT);
    }
  }

  @Test
  void theProgramKnowsWhatThereIs() throws SQLException {
    try (Connection connection = memory()) {
      Handle handle = new Handle(connection);
      new LedgerSchema(handle).create();

      List<String> names =
          handle
              .sql(
                  """
                  SELECT table_name
                  FROM information_schema.tables
                  WHERE table_schema = 'PUBLIC' AND table_name <> 'flyway_schema_history'
                  """)
              .map(row -> row.getString(1))
              .list();
      assertThat(LedgerSchema.TABLES_AND_VIEWS).containsExactlyInAnyOrderElementsOf(names);
      Catalogue catalogue = Catalogue.of(connection);
      assertThat(catalogue.indexes()).isEqualTo(LedgerSchema.INDEXES);
      assertThat(catalogue.constraints()).isEqualTo(LedgerSchema.CONSTRAINTS);
      assertThat(catalogue.rights()).isEqualTo(LedgerSchema.RIGHTS);
    }
  }

  private static Connection memory() throws SQLException {
    return DriverManager.getConnection("jdbc:h2:mem:" + UUID.randomUUID(), "sa", "");
  }

  private static List<String> migrated() throws SQLException {
    try (Connection connection = memory()) {
      new LedgerSchema(new Handle(connection)).migrate();
      return statements(connection);
    }
  }

  private static List<String> created(String script) throws SQLException {
    try (Connection connection = memory()) {
      RunScript.execute(connection, new StringReader(script));
      return statements(connection);
    }
  }

  /** Each after what it needs: tables, what keeps them in order, views, rows and rights. */
  private static List<String> statements(Connection connection) throws SQLException {
    List<String> statements = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SCRIPT NOPASSWORDS NOSETTINGS")) {
      while (rows.next()) {
        String text = rows.getString(1);
        if (!text.startsWith("--") && !text.contains("\"SA\" PASSWORD")) {
          statements.add(plain(text));
        }
      }
    }
    statements.sort(Comparator.comparing(SchemaScriptTest::rank).thenComparing(text -> text));
    return statements;
  }

  /** Without the schema that is meant anyway, and without what differs from day to day. */
  private static String plain(String text) {
    return text.replace("\"PUBLIC\".", "")
        .replace("CREATE MEMORY TABLE", "CREATE TABLE")
        .replace("\"READER\" PASSWORD ''", "\"READER\" PASSWORD 'reader'")
        .replaceAll("TIMESTAMP '[^']*', \\d+, TRUE", "DEFAULT, 0, TRUE");
  }

  private static int rank(String statement) {
    for (int i = 0; i < ORDER.size(); i++) {
      if (statement.matches("(?s)" + ORDER.get(i) + ".*")) {
        return i;
      }
    }
    throw new AssertionError("a statement of a kind that is new here: " + statement);
  }
}
