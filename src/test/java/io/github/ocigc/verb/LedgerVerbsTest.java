package io.github.ocigc.verb;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.ocigc.fixture.Item;
import io.github.ocigc.fixture.LayoutFixture;
import io.github.ocigc.fixture.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands about the ledger itself: sql, history, compact, check, reconcile. */
final class LedgerVerbsTest {
  @TempDir Path folder;
  private LayoutFixture layout;
  private Program program;
  private Item app;

  @BeforeEach
  void makeLayout() {
    layout = new LayoutFixture(folder.resolve("store"));
    program = new Program(layout.root());
    app = layout.image("app").layers(2).tag();
  }

  private static List<String> fields(JsonNode node) {
    return node.properties().stream().map(java.util.Map.Entry::getKey).toList();
  }

  @Test
  void sqlAnswersRowsAsObjects() {
    JsonNode rows =
        program.sql(
            "SELECT name AS n, ref_count, NULL AS nothing FROM tag"
                + " JOIN content ON content.id = content_id");
    assertThat(rows).hasToString("[{\"n\":\"app\",\"ref_count\":1,\"nothing\":null}]");
    assertThat(program.text("sql", "SELECT COUNT(*) AS contents FROM content").out())
        .isEqualTo("contents\n       4\n");
  }

  @Test
  void sqlChangesNothing() {
    for (String query :
        List.of(
            "DELETE FROM tag",
            "UPDATE content SET ref_count = 0",
            "DROP TABLE edge",
            "SHUTDOWN",
            "CALL FILE_READ('/etc/passwd')",
            "SCRIPT TO '" + folder.resolve("script.sql") + "'",
            "SELECT 1; DELETE FROM tag",
            "CREATE ALIAS x FOR 'java.lang.System.exit'")) {
      assertThat(program.json("sql", query).exitCode()).as(query).isEqualTo(2);
    }
    assertThat(folder.resolve("script.sql")).doesNotExist();
    assertThat(program.done("check").path("findings")).isEmpty();
    assertThat(program.done("ls")).hasSize(1);
  }

  @Test
  void historyIsNewestFirst() {
    layout.image("other").layers(1).tag();
    program.done("tag", "app", "same");
    long freed = program.done("delete", "other").path("freed_bytes").asLong();
    JsonNode history = program.done("history");
    assertThat(history).hasSize(2);
    assertThat(fields(history.path(0))).contains("at", "action", "reference", "freed_bytes");
    assertThat(history.findValuesAsText("action")).containsExactly("delete", "tag");
    assertThat(history.path(0).path("reference").asText()).isEqualTo("other");
    assertThat(history.path(0).path("freed_bytes").asLong()).isEqualTo(freed);
    assertThat(Instant.parse(history.path(0).path("at").asText())).isBefore(Instant.now());
    assertThat(program.done("history", "--limit", "1")).hasSize(1);
    assertThat(program.json("history", "--limit", "0").exitCode()).isEqualTo(2);
  }

  @Test
  void historyOutlivesARebuild() {
    program.done("tag", "app", "same");
    program.done("delete", "same");
    layout.remove(layout.layer("layer app 0")); // behind the ledger's back
    assertThat(program.json("reconcile").json().path("changes").asInt()).isPositive();
    assertThat(program.done("history")).hasSize(2);
  }

  @Test
  void compactShrinksTheFileAndTheLedgerIsAsBefore() throws Exception {
    List<String> rows = program.ledgerRows();
    JsonNode report = program.done("compact");
    assertThat(report.path("after_bytes").asLong())
        .isPositive()
        .isLessThanOrEqualTo(report.path("before_bytes").asLong())
        .isEqualTo(Files.size(layout.root().resolve(".ocigc/ledger.mv.db")));
    assertThat(program.ledgerRows()).isEqualTo(rows);
  }

  @Test
  void checkOfAHealthyStoreFindsNothing() {
    assertThat(program.done("check")).hasToString("{\"findings\":[]}");
  }

  @Test
  void notesAreNoReasonForConcern() throws Exception {
    Item leftover = layout.layer("leftover");
    Files.writeString(layout.root().resolve("blobs/sha256/x.tmp"), "x");
    Program.Run run = program.json("check");
    assertThat(run.exitCode()).isZero();
    JsonNode findings = run.json().path("findings");
    assertThat(findings.findValuesAsText("kind"))
        .containsExactlyInAnyOrder("orphan_blob", "stray_file");
    assertThat(fields(findings.path(0))).contains("kind", "digest", "path", "detail");
    assertThat(findings.toString()).contains(leftover.digest(), "blobs/sha256/x.tmp");
  }

  @Test
  void checkFindsWhatIsWrongAndReconcileMendsTheLedger() throws Exception {
    program.done("ls");
    Item layer = layout.image("app").layers(2).layers().get(0);
    layout.image("bad").layer(new Item(layer.mediaType(), layer.digest(), 5)).tag();
    Files.delete(layout.file(app));
    Program.Run run = program.json("check", "--check-bytes");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.json().path("findings").findValuesAsText("kind"))
        .contains("missing_blob", "dangling_reference", "wrong_size");
    assertThat(program.json("reconcile").exitCode()).isEqualTo(1);
    assertThat(program.json("check").json().path("findings").findValuesAsText("kind"))
        .doesNotContain("missing_blob")
        .contains("dangling_reference");
    program.done("delete", "app");
    assertThat(program.json("check").json().path("findings").findValuesAsText("kind"))
        .doesNotContain("dangling_reference");
  }

  @Test
  void reconcileCounts() {
    layout.layer("leftover");
    JsonNode report = program.done("reconcile");
    assertThat(fields(report))
        .contains(
            "references",
            "contents",
            "blobs",
            "bytes",
            "edges",
            "orphans",
            "orphan_bytes",
            "absent",
            "changes",
            "findings",
            "seconds");
    assertThat(report.path("references").asInt()).isEqualTo(1);
    assertThat(report.path("blobs").asInt()).isEqualTo(5);
    assertThat(report.path("edges").asInt()).isEqualTo(3);
    assertThat(report.path("orphans").asInt()).isEqualTo(1);
    assertThat(report.path("orphan_bytes").asInt()).isEqualTo("leftover".length());
    assertThat(program.done("reconcile").path("changes").asInt()).isZero();
  }

  @Test
  void theFirstCommandSaysThatItBuildsTheLedger() {
    assertThat(program.text("ls").err()).contains("no ledger yet");
    assertThat(program.text("ls").err()).isEmpty();
  }

  @Test
  void mistakesAreOneJsonDocumentToo() {
    Program.Run run = program.json("frobnicate");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.json().path("error").path("code").asText()).isEqualTo("usage");
    assertThat(program.json("delete", "none").json().path("error").path("code").asText())
        .isEqualTo("not_found");
  }
}
