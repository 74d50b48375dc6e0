package io.github.ocigc.damage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.ocigc.fixture.LayoutFixture;
import io.github.ocigc.fixture.Program;
import io.github.ocigc.fixture.Rest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A ledger that says something else than the disk: found by check, mended by reconcile. */
class WrongLedgerTest {
  private static final String A_LAYER = "(SELECT MAX(held_id) FROM edge WHERE role = 'layer')";

  @TempDir Path root;
  private Program program;
  private List<String> rows;

  @BeforeEach
  void makeStore() {
    LayoutFixture store = new LayoutFixture(root);
    LayoutFixture.Image base = store.image("base").layers(1);
    base.tag();
    store.image("app").sharing(base).layers(1).tag();
    store.image("signature").subject(base.item()).layers(1).untagged();
    program = new Program(root);
    program.done("ls");
    program.done("tag", "app", "app2");
    rows = program.ledgerRows();
  }

  private void isFoundAndMended(String... damage) throws SQLException {
    sql(damage);
    List<String> wrong = program.ledgerRows();
    Program.Run check = new Untouched(root).leavesAlone("check");
    assertThat(check.exitCode()).as(check.out() + check.err()).isEqualTo(1);
    assertThat(check.out()).contains("reconcile");
    assertThat(program.ledgerRows()).isEqualTo(wrong);

    Program.Run mended = new Untouched(root).leavesAlone("reconcile", "--json");
    assertThat(mended.exitCode()).as(mended.out() + mended.err()).isZero();
    JsonNode report = mended.json();
    assertThat(report.path("changes").asInt()).isPositive();
    assertThat(report.path("findings")).isNotEmpty();
    assertThat(program.ledgerRows()).isEqualTo(rows);
    Rest.assertSound(root);
    assertThat(program.done("history").findValuesAsText("action")).contains("tag");
    assertThat(program.done("reconcile").path("changes").asInt()).isZero();
  }

  @Test
  void aCountTooHigh() throws SQLException {
    isFoundAndMended("UPDATE content SET ref_count = ref_count + 1 WHERE id = " + A_LAYER);
  }

  @Test
  void aCountTooLow() throws SQLException {
    isFoundAndMended("UPDATE content SET ref_count = ref_count - 1 WHERE id = " + A_LAYER);
  }

  @Test
  void anEdgeMissing() throws SQLException {
    isFoundAndMended("DELETE FROM edge WHERE role = 'layer' AND held_id = " + A_LAYER);
  }

  @Test
  void anEdgeMissingWithItsCount() throws SQLException {
    isFoundAndMended(
        "UPDATE content SET ref_count = ref_count - 1 WHERE id = " + A_LAYER,
        "DELETE FROM edge WHERE role = 'layer' AND held_id = " + A_LAYER);
  }

  @Test
  void anEdgeTooMany() throws SQLException {
    isFoundAndMended(
        "INSERT INTO edge (holder_id, held_id, role, position) SELECT MIN(holder_id), "
            + A_LAYER
            + ", 'other', 9 FROM edge",
        "UPDATE content SET ref_count = ref_count + 1 WHERE id = " + A_LAYER);
  }

  @Test
  void aTagTooMany() throws SQLException {
    isFoundAndMended(
        "INSERT INTO tag (name, content_id, content_digest, weak)"
            + " SELECT 'ghost', content_id, content_digest, FALSE FROM tag WHERE name = 'base'",
        "UPDATE content SET ref_count = ref_count + 1"
            + " WHERE id = (SELECT content_id FROM tag WHERE name = 'base')");
  }

  @Test
  void aTagThatBearsAnotherDigestThanItsContent() throws SQLException {
    isFoundAndMended(
        "UPDATE tag SET content_digest = 'sha256:' || REPEAT('0', 64) WHERE name = 'base'");
  }

  @Test
  void aTagThatNamesAnotherContentThanItsDigest() throws SQLException {
    isFoundAndMended(
        "UPDATE content SET ref_count = ref_count - 1"
            + " WHERE id = (SELECT content_id FROM tag WHERE name = 'base')",
        "UPDATE tag SET content_id = (SELECT MAX(content_id) FROM tag) WHERE name = 'base'");
  }

  @Test
  void aTagMissing() throws SQLException {
    isFoundAndMended(
        "UPDATE content SET ref_count = ref_count - 1"
            + " WHERE id = (SELECT content_id FROM tag WHERE name = 'base')",
        "DELETE FROM tag WHERE name = 'base'");
  }

  @Test
  void aContentTooMany() throws SQLException {
    isFoundAndMended(
        "INSERT INTO content (digest, size_bytes, state, form, ref_count) VALUES ('sha256:"
            + "ab".repeat(32)
            + "', 5, 'present', 'opaque', 1)");
  }

  @Test
  void aContentMissing() throws SQLException {
    isFoundAndMended(
        "CREATE LOCAL TEMPORARY TABLE gone AS SELECT " + A_LAYER + " AS id",
        "DELETE FROM edge WHERE held_id = (SELECT id FROM gone)",
        "DELETE FROM content WHERE id = (SELECT id FROM gone)");
  }

  @Test
  void aWrongSize() throws SQLException {
    isFoundAndMended("UPDATE content SET size_bytes = 1 WHERE id = " + A_LAYER);
  }

  @Test
  void aWeakRootThatPassesForAStrongOne() throws SQLException {
    isFoundAndMended("UPDATE tag SET weak = FALSE WHERE weak");
  }

  @Test
  void aRightLedgerIsNotWrittenAgain() throws IOException {
    Path file = root.resolve(".ocigc/ledger.mv.db");
    program.done("reconcile");
    Object identity = Files.getAttribute(file, "unix:ino");
    JsonNode report = program.done("reconcile");
    assertThat(report.path("changes").asInt()).isZero();
    assertThat(Files.getAttribute(file, "unix:ino")).isEqualTo(identity);
    assertThat(program.ledgerRows()).isEqualTo(rows);
  }

  private void sql(String... statements) throws SQLException {
    try (Connection ledger =
            DriverManager.getConnection(
                "jdbc:h2:file:" + root.resolve(".ocigc/ledger") + ";MAX_COMPACT_TIME=0", "sa", "");
        Statement statement = ledger.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }
}
