package io.github.ocigc.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ocigc.engine.Console;
import io.github.ocigc.engine.Options;
import io.github.ocigc.fixture.LayoutFixture;
import io.github.ocigc.fixture.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Queries on everything that the ledger has, and nothing but queries. */
class WhatItAnswersTest {
  @TempDir static Path root;
  @TempDir static Path elsewhere;
  private static final ExecutorService askers = Executors.newFixedThreadPool(8);
  private static Console.Report console;
  private static Visitor visitor;

  @BeforeAll
  static void startConsole() throws IOException {
    LayoutFixture store = new LayoutFixture(root);
    LayoutFixture.Image base = store.image("base").layers(2);
    base.tag();
    store.image("app").sharing(base).layers(1).tag();
    Files.writeString(elsewhere.resolve("secret"), "the-secret");
    console = new Console(root, Options.DEFAULT).run(0);
    visitor = Visitor.inside(console.url());
  }

  @AfterAll
  static void stopConsole() {
    askers.shutdown();
    console.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "content",
        "edge",
        "tag",
        "lease",
        "lease_content",
        "deferred",
        "pushed",
        "event",
        "holding",
        "count_drift",
        "orphan",
        "usage_total",
        "disk_usage",
        "image_usage"
      })
  void everyTableAndViewOfTheReadmeAnswers(String name) throws IOException {
    String readme = Files.readString(Path.of("README.md"));
    assertThat(readme).contains("`" + name + "`");
    String page = visitor.query("SELECT COUNT(*) AS n FROM " + name);
    assertThat(page).contains("<th>N</th>").doesNotContain("class=\"error\"");
    assertThat(visitor.query("SELECT * FROM " + name)).doesNotContain("class=\"error\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "INSERT INTO event (at, action, reference, freed_blobs, freed_bytes)"
            + " VALUES (CURRENT_TIMESTAMP, 'x', 'x', 0, 0)",
        "UPDATE content SET size_bytes = 0",
        "DELETE FROM edge",
        "MERGE INTO media_type KEY (id) VALUES (1, 'x')",
        "TRUNCATE TABLE edge",
        "SELECT * FROM FINAL TABLE (DELETE FROM edge)",
        "SELECT * FROM OLD TABLE (UPDATE content SET size_bytes = 0)",
        "CREATE TABLE x (i INT)",
        "CREATE LOCAL TEMPORARY TABLE x (i INT)",
        "DECLARE LOCAL TEMPORARY TABLE x (i INT)",
        "CREATE VIEW x AS SELECT 1",
        "CREATE SCHEMA x",
        "CREATE SEQUENCE x",
        "DROP TABLE edge",
        "DROP ALL OBJECTS",
        "ALTER TABLE content ADD COLUMN x INT",
        "COMMENT ON TABLE content IS 'x'",
        "CREATE ALIAS x FOR 'java.lang.System.exit'",
        "CREATE ALIAS x AS 'int x() { return 1; }'",
        "CREATE AGGREGATE x FOR 'java.lang.String'",
        "CREATE TRIGGER x BEFORE SELECT ON content CALL 'java.lang.String'",
        "CREATE LINKED TABLE x ('org.h2.Driver', 'jdbc:h2:mem:x', 'sa', '', 'y')",
        "CREATE LOCAL TEMPORARY LINKED TABLE x ('org.h2.Driver', 'jdbc:h2:mem:x', 'sa', '', 'y')",
        "CALL LINK_SCHEMA('x', 'org.h2.Driver', 'jdbc:h2:mem:x', 'sa', '', 'PUBLIC')",
        "CALL FILE_READ('FOLDER/secret', NULL)",
        "SELECT FILE_READ('FOLDER/secret')",
        "SELECT * FROM CSVREAD('FOLDER/secret')",
        "CALL CSVWRITE('FOLDER/written', 'SELECT 1')",
        "CALL FILE_WRITE('00', 'FOLDER/written')",
        "SCRIPT TO 'FOLDER/written'",
        "SCRIPT",
        "RUNSCRIPT FROM 'FOLDER/secret'",
        "BACKUP TO 'FOLDER/written'",
        "SHUTDOWN",
        "SHUTDOWN IMMEDIATELY",
        "CHECKPOINT",
        "ANALYZE",
        "SET PASSWORD 'x'",
        "ALTER USER reader SET PASSWORD 'x'",
        "ALTER USER reader ADMIN TRUE",
        "CREATE USER x PASSWORD 'x' ADMIN",
        "GRANT ALL ON SCHEMA PUBLIC TO PUBLIC",
        "SET @x = 1",
        "SET SCHEMA INFORMATION_SCHEMA",
        "SET LOCK_TIMEOUT 1",
        "SET QUERY_TIMEOUT 1",
        "SET TIME ZONE 'UTC'",
        "SET THROTTLE 100",
        "SET NON_KEYWORDS KEY",
        "SET TRACE_LEVEL_FILE 3",
        "SET MAX_MEMORY_ROWS 1",
        "SET MODE MySQL",
        "SET EXCLUSIVE 1",
        "USE INFORMATION_SCHEMA",
        "CALL CANCEL_SESSION(1)",
        "CALL ABORT_SESSION(1)",
        "CALL MEMORY_FREE()",
        "EXECUTE IMMEDIATE 'SET @x = 1'",
        "PREPARE x AS DELETE FROM edge",
        "SAVEPOINT x",
        "PREPARE COMMIT x",
        "SELECT 1 /* ; */ \\; DROP TABLE edge",
        "@loop 1 DELETE FROM edge",
        "@loop 1 @statement DELETE FROM edge",
        "@loop 1 SET @x = 1",
        "@generated INSERT INTO media_type (name) VALUES ('x')",
        "@generated(id) INSERT INTO media_type (name) VALUES ('x')",
        "@edit DELETE FROM edge",
        "@meta DELETE FROM edge",
        "@list DELETE FROM edge",
        "@parameter_meta DELETE FROM edge"
      })
  void whatIsNoQueryIsRefused(String statement) throws IOException {
    String page = visitor.query(statement.replace("FOLDER", elsewhere.toString()));
    assertThat(page)
        .containsPattern("class=\"error\"")
        .doesNotContain("the-secret", "the-" + "secret".toUpperCase(java.util.Locale.ROOT));
    assertThat(page)
        .containsPattern(
            "read-only copy of the ledger|Admin rights are required|database is read only"
                + "|Not enough rights|Syntax error");
    try (Stream<Path> files = Files.list(elsewhere)) {
      assertThat(files).containsExactly(elsewhere.resolve("secret"));
    }
    assertThat(visitor.query("SELECT COUNT(*) AS n FROM edge JOIN content ON id = held_id"))
        .contains("<th>N</th>")
        .doesNotContain("<td>0</td>", "class=\"error\"");
    assertThat(visitor.query("VALUES (@x, CURRENT_SCHEMA)")).contains("PUBLIC", "<i>null</i>");
  }

  @Test
  void severalQueriesAtOnceAnswerAndAWriteAmongThemDoesNot() {
    String page = visitor.query("SELECT 1 AS first; DELETE FROM edge; SELECT ';' AS third;");
    assertThat(page).contains("FIRST", "read-only copy of the ledger", "THIRD");
  }

  @Test
  void namesAreShownAsTheyAre() {
    String page = visitor.query("SELECT '<script>alert(1)</script>${sessionId}' AS evil");
    assertThat(page).contains("&lt;script&gt;").doesNotContain("<script>alert");
    assertThat(page).doesNotContain("https://h2database.com/javadoc");
    assertThat(visitor.query("SELECT 1/0")).contains("Division by zero").doesNotContain("href=\"h");
  }

  @Test
  void aLongQueryCanBeStoppedWhileItRuns() {
    String endless = "SELECT COUNT(*) FROM SYSTEM_RANGE(1, 100000) a, SYSTEM_RANGE(1, 10000000) b";
    CompletableFuture<String> running = CompletableFuture.supplyAsync(() -> visitor.query(endless));
    String other;
    do { // until it is the other one that waits
      other = visitor.query("@history.");
      assertThat(running).isNotDone();
    } while (!other.contains("still running"));
    assertThat(Visitor.status(other)).isEqualTo(503);
    assertThat(Visitor.status(visitor.page("stylesheet.css"))).isEqualTo(200);
    assertThat(running).isNotDone();
    while (!running.isDone()) {
      assertThat(visitor.page("stop")).contains("Nothing is running");
    }
    assertThat(running.join()).contains("Statement was canceled");
    assertThat(visitor.query("@history.")).contains("Command");
    assertThat(visitor.query("SELECT * FROM disk_usage")).contains("HELD_BYTES");
  }

  @Test
  void eachOfManyQueriesAtOnceIsAnsweredWithItsOwn() {
    List<CompletableFuture<String>> pages =
        IntStream.range(0, 200)
            .mapToObj(i -> "SELECT 'answer-" + i + "' AS a, 'end' AS b")
            .map(sql -> CompletableFuture.supplyAsync(() -> visitor.query(sql), askers))
            .toList();
    for (int i = 0; i < pages.size(); i++) {
      assertThat(pages.get(i).join())
          .contains("<td>answer-" + i + "</td>", "<td>end</td>", "</html>")
          .doesNotContain("class=\"error\"");
    }
  }

  @Test
  void aHugeSortStaysInMemory() throws IOException {
    Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
    long before = count(temporary);
    assertThat(visitor.query("SELECT x FROM SYSTEM_RANGE(1, 300000) ORDER BY -x"))
        .contains("300000");
    assertThat(count(temporary)).isEqualTo(before);
  }

  private static long count(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(path -> path.getFileName().toString().startsWith("h2")).count();
    }
  }

  @Test
  void theStoreGoesOnAndTheCopyStays() {
    Program program = new Program(root);
    program.done("delete", "app");
    assertThat(visitor.query("SELECT name FROM tag")).contains("app", "base");
    program.done("reconcile");
    program.done("compact");
    assertThat(visitor.query("SELECT name FROM tag")).contains("app", "base");
    try (Console.Report later = new Console(root, Options.DEFAULT).run(0)) {
      assertThat(Visitor.inside(later.url()).query("SELECT name FROM tag"))
          .contains("base")
          .doesNotContain("app");
    }
    program.assertCountsHold();
  }
}
