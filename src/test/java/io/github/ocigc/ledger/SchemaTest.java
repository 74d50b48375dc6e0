package io.github.ocigc.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.ocigc.fixture.Item;
import io.github.ocigc.fixture.LayoutFixture;
import io.github.ocigc.fixture.Program;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The ledger's tables refuse what must not be, and name the law that was broken. */
final class SchemaTest {
  @TempDir Path folder;

  private LayoutFixture layout;
  private Program program;

  @BeforeEach
  void aLedgerOfTwoImages() {
    layout = new LayoutFixture(folder.resolve("store"));
    program = new Program(layout.root());
    LayoutFixture.Image base = layout.image("base").layers(2);
    Item signed = base.tag();
    layout.image("app").sharing(base).layers(1).tag();
    layout.image("signature").layers(1).subject(signed).untagged();
    program.done("ls");
  }

  @AfterEach
  void countsHold() {
    program.assertCountsHold();
  }

  private void asOwner(String sql) throws SQLException {
    try (Connection owner =
            DriverManager.getConnection(
                "jdbc:h2:file:" + layout.root().toAbsolutePath().resolve(".ocigc/ledger"),
                "sa",
                "");
        Statement statement = owner.createStatement()) {
      statement.execute(sql);
    }
  }

  private List<String> column(String query) {
    List<String> values = new ArrayList<>();
    for (JsonNode row : program.sql(query)) {
      values.add(row.elements().next().asText());
    }
    return values;
  }

  @Test
  void theProgramKnowsTheNewestMigration() throws IOException, URISyntaxException {
    URL migrations = SchemaTest.class.getResource("/db/migration");
    assertThat(migrations).isNotNull();
    try (Stream<Path> files = Files.list(Path.of(migrations.toURI()))) {
      List<Integer> versions =
          files
              .map(file -> Pattern.compile("V(\\d+)__\\w+\\.sql").matcher(name(file)))
              .filter(Matcher::matches)
              .map(matcher -> Integer.valueOf(matcher.group(1)))
              .sorted()
              .toList();

      assertThat(versions).startsWith(1).endsWith(LedgerSchema.CURRENT).doesNotHaveDuplicates();
    }
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName());
  }

  @Test
  void aNewLedgerHasTheNewestSchema() {
    assertThat(column("SELECT MAX(CAST(\"version\" AS INTEGER)) FROM \"flyway_schema_history\""))
        .containsExactly(String.valueOf(LedgerSchema.CURRENT));
  }

  @Test
  void everyTableAndViewCanBeAsked() {
    List<String> names =
        column(
            "SELECT TABLE_NAME FROM INFORMATION_SCHEMA.TABLES WHERE TABLE_SCHEMA = 'PUBLIC'"
                + " AND TABLE_NAME <> 'flyway_schema_history'");

    assertThat(names)
        .contains("CONTENT", "EDGE", "TAG", "EVENT", "HOLDING", "COUNT_DRIFT", "ORPHAN")
        .contains("DISK_USAGE", "IMAGE_USAGE");
    for (String name : names) {
      Program.Run run = program.json("sql", "SELECT * FROM " + name);
      assertThat(run.exitCode()).as(name + ": " + run.out()).isZero();
    }
  }

  @Test
  void everyConstraintHasANameOfItsOwn() {
    assertThat(
            column(
                "SELECT CONSTRAINT_NAME FROM INFORMATION_SCHEMA.TABLE_CONSTRAINTS"
                    + " WHERE TABLE_SCHEMA = 'PUBLIC' AND TABLE_NAME <> 'flyway_schema_history'"))
        .hasSizeGreaterThan(15)
        .noneMatch(name -> name.startsWith("CONSTRAINT_"));
  }

  @Test
  void everyCheckIsNamedAfterItsInvariant() {
    assertThat(
            column(
                "SELECT CONSTRAINT_NAME FROM INFORMATION_SCHEMA.TABLE_CONSTRAINTS"
                    + " WHERE TABLE_SCHEMA = 'PUBLIC' AND CONSTRAINT_TYPE = 'CHECK'"))
        .containsExactlyInAnyOrder(
            "STORE_STATE_ONE_ROW",
            "STORE_STATE_COMPLETENESS",
            "CONTENT_SIZE_FLOOR",
            "CONTENT_STATE",
            "CONTENT_COUNT_FLOOR",
            "TAG_WEAK_HAS_SUBJECT",
            "USAGE_TOTAL_ONE_ROW");
  }

  @Test
  void whatHoldsSomethingIsNotForgotten() throws SQLException {
    String holders = "SELECT DISTINCT holder_id FROM edge WHERE role <> 'referrer'";
    List<Long> ids = column(holders).stream().map(Long::valueOf).toList();
    asOwner("DELETE FROM tag");
    asOwner("DELETE FROM edge WHERE role = 'referrer'");
    asOwner("UPDATE content SET ref_count = 0 WHERE id IN (" + holders + ")");
    String url = "jdbc:h2:file:" + layout.root().toAbsolutePath().resolve(".ocigc/ledger");
    try (Handle handle = new Handle(DriverManager.getConnection(url, "sa", ""))) {
      new ContentTable(handle).forget(ids);
    }

    assertThat(column("SELECT id FROM content")).containsAll(column(holders)).hasSize(10);
    program.json("reconcile"); // puts right what this has done to the counts
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "CONTENT_COUNT_FLOOR | UPDATE content SET ref_count = ref_count - 5",
        "CONTENT_SIZE_FLOOR | UPDATE content SET size_bytes = -1",
        "CONTENT_STATE | UPDATE content SET state = 'lost'",
        "CONTENT_DIGEST | UPDATE content SET digest = 'sha256:0'",
        "STORE_STATE_ONE_ROW | UPDATE store_state SET id = 2",
        "STORE_STATE_COMPLETENESS | UPDATE store_state SET completeness = 'NEARLY'",
        "TAG_WEAK_HAS_SUBJECT | UPDATE tag SET weak = TRUE, subject = NULL",
        "TAG_ROOT | INSERT INTO tag (name, content_id, content_digest, weak) SELECT name, content_id, content_digest, FALSE FROM tag",
        "TAG_NAMES | UPDATE tag SET content_id = -1",
        "EDGE_HELD_CONTENT | DELETE FROM content"
            + " WHERE id IN (SELECT held_id FROM edge WHERE role = 'layer')"
      })
  void aBrokenLawIsNamedInTheError(String law, String sql) {
    List<String> before = program.ledgerRows();

    assertThatThrownBy(() -> asOwner(sql))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining(law);

    assertThat(program.ledgerRows()).isEqualTo(before);
  }
}
