package io.github.ocigc.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ocigc.fixture.LayoutFixture;
import io.github.ocigc.fixture.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The verb {@code sql} answers questions. Whatever else the database can do, it refuses. */
final class ReaderQueryTest {
  @TempDir Path folder;

  private Program program;

  @BeforeEach
  void aLedgerOfOneImage() {
    LayoutFixture layout = new LayoutFixture(folder.resolve("store"));
    layout.image("app").layers(2).tag();
    program = new Program(layout.root());
    program.done("ls");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "INSERT INTO intent (digest) VALUES ('sha256:0')",
        "UPDATE content SET ref_count = 0",
        "DELETE FROM tag",
        "TRUNCATE TABLE event",
        "MERGE INTO intent (digest) KEY (digest) VALUES ('sha256:0')",
        "SELECT * FROM FINAL TABLE (INSERT INTO intent (digest) VALUES ('sha256:0'))",
        "SELECT * FROM OLD TABLE (DELETE FROM tag)",
        "EXPLAIN ANALYZE DELETE FROM tag",
        "EXECUTE IMMEDIATE 'DELETE FROM tag'",
        "CREATE TABLE mine (id INTEGER)",
        "CREATE LOCAL TEMPORARY TABLE mine (id INTEGER)",
        "CREATE ALIAS leave FOR 'java.lang.System.exit'",
        "ALTER TABLE tag DROP COLUMN weak",
        "DROP VIEW holding",
        "DROP ALL OBJECTS",
        "GRANT ALL ON SCHEMA PUBLIC TO reader",
        "ALTER USER reader SET PASSWORD 'mine'",
        "ALTER USER reader ADMIN TRUE",
        "SET WRITE_DELAY 5000",
        "CHECKPOINT",
        "SHUTDOWN",
        "SCRIPT",
        "SCRIPT TO '%s'",
        "BACKUP TO '%s'",
        "RUNSCRIPT FROM '%s'",
        "SELECT FILE_READ('%s')",
        "SELECT FILE_WRITE('taken', '%s')",
        "CALL FILE_WRITE('taken', '%s')",
        "SELECT * FROM CSVREAD('%s')",
        "CALL CSVWRITE('%s', 'SELECT 1')",
        "SELECT * FROM LINK_SCHEMA('A', '', 'jdbc:h2:mem:', 'sa', '', 'PUBLIC')",
        "SELECT ABORT_SESSION(1)",
        "SELECT 1; DELETE FROM tag",
        "SELECT 1; ALTER USER reader SET PASSWORD 'mine'",
        "SELECT 1 /* ' */; ALTER USER reader SET PASSWORD 'mine' -- '",
        "",
        "this is no SQL"
      })
  void whatIsNoQuestionIsRefusedAndChangesNothing(String sql) throws IOException {
    List<String> before = program.ledgerRows();
    Path file = Files.writeString(folder.resolve("a file of somebody's"), "somebody's words");

    Program.Run run = program.json("sql", sql.replace("%s", file.toString()));

    assertThat(run.exitCode()).as(run.out()).isEqualTo(2);
    assertThat(run.json().path("error").path("code").asText()).isEqualTo("usage");
    assertThat(run.out()).doesNotContain("somebody's words");
    assertThat(file).hasContent("somebody's words");
    assertThat(program.ledgerRows()).isEqualTo(before);
  }

  @Test
  void aQueryMayEndInASemicolon() {
    assertThat(program.sql("SELECT name FROM tag; ")).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"TABLE tag", "VALUES 1", "WITH one AS (SELECT 1) SELECT * FROM one", "CALL 1 + 1"})
  void aQuestionMayHaveAnyForm(String sql) {
    assertThat(program.sql(sql)).hasSize(1);
  }
}
