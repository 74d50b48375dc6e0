package io.github.ocigc.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ocigc.fixture.Item;
import io.github.ocigc.fixture.LayoutFixture;
import io.github.ocigc.fixture.Program;
import io.github.ocigc.store.Store;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * No statement of a delete reads a table from end to end: its cost is that of the image, not that
 * of the store. Every statement that the database really executes is explained on the same ledger.
 */
final class NoScanTest {
  private static final int IMAGES = 300;

  /**
   * Work lists, empty or nearly so at rest; what a listing of the folders has just found; a table
   * of one row; one with a row a migration.
   */
  private static final Set<String> SMALL =
      Set.of(
          "damage",
          "condemned",
          "intent",
          "absent",
          "lease",
          "deferred",
          "stray",
          "store_state",
          "flyway_schema_history");

  private static final String ROOTS_COMPARED = "tag: SELECT name, content_digest, stamp FROM tag";

  @TempDir Path folder;

  private LayoutFixture layout;
  private Program program;

  @BeforeEach
  void fillTheStore() {
    layout = new LayoutFixture(folder.resolve("store"));
    program = new Program(layout.root());
    LayoutFixture.Image base = layout.image("base").layers(5);
    base.tag();
    for (int i = 0; i < IMAGES; i++) {
      layout.image("app-" + i).sharing(base).layers(2).tag();
    }
    Item signed = layout.image("signed").sharing(base).layers(1).tag();
    layout.image("signature").layers(1).subject(signed).untagged();
    layout.tag(
        layout.image("fallback").layers(1).item(), signed.digest().replace(':', '-') + ".sig");
    layout.image("nameless").sharing(base).layers(1).untagged();
    layout.tag(
        layout.platforms(
            List.of("linux/amd64", "linux/arm64"),
            List.of(
                layout.image("amd64").sharing(base).layers(1).item(),
                layout.image("arm64").sharing(base).layers(1).item())),
        "multi");
    takenIn();
  }

  /** Folders that changed a moment ago are looked through once more by the next command. */
  private void takenIn() {
    assertThat(Store.open(layout.root(), 1 << 20).blobs().settledStamp()).isNotEmpty();
    program.done("du");
  }

  @AfterEach
  void countsHold() {
    program.assertCountsHold();
  }

  /** Runs one command and answers each scan as {@code table: statement}. */
  private List<String> scansOf(String... command) throws SQLException {
    List<String> scans = new ArrayList<>();
    try (StatementWatch watch = new StatementWatch(layout.root())) {
      program.done(command);
      List<String> statements = watch.statements();
      assertThat(statements).as("the watch saw the command").hasSizeGreaterThan(10);
      for (String sql : statements) {
        for (String table : watch.scannedBy(sql)) {
          if (!SMALL.contains(table)) {
            scans.add(table + ": " + sql);
          }
        }
      }
    }
    return scans;
  }

  @Test
  void theWatchTellsAScanFromALookUp() throws SQLException {
    try (StatementWatch watch = new StatementWatch(layout.root())) {
      assertThat(watch.scannedBy("SELECT id FROM content WHERE form = 'opaque'"))
          .containsExactly("content");
      assertThat(watch.scannedBy("SELECT digest FROM content ORDER BY digest"))
          .as("from end to end of an index is a scan too")
          .containsExactly("content");
      assertThat(watch.scannedBy("SELECT id FROM content WHERE digest = ANY (?)")).isEmpty();
      assertThat(
              watch.scannedBy(
                  "SELECT held_id FROM OLD TABLE (DELETE FROM edge WHERE position = ?)"
                      + " GROUP BY held_id"))
          .containsExactly("edge");
    }
  }

  @Test
  void deletingANameScansNothing() throws SQLException {
    assertThat(scansOf("delete", "app-17")).isEmpty();
  }

  @Test
  void deletingANameWithItsReferrersScansNothing() throws SQLException {
    assertThat(scansOf("delete", "signed")).isEmpty();
  }

  @Test
  void deletingANameAndKeepingItsReferrersScansNothing() throws SQLException {
    assertThat(scansOf("delete", "signed", "--keep-referrers")).isEmpty();
  }

  @Test
  void deletingByDigestScansNothing() throws SQLException {
    String digest = layout.image("nameless-2").layers(1).untagged().digest();
    takenIn();

    assertThat(scansOf("delete", digest)).isEmpty();
  }

  @Test
  void deletingOnePlatformScansNothing() throws SQLException {
    assertThat(scansOf("delete", "multi", "--platform", "linux/arm64")).isEmpty();
  }

  @Test
  void takingInAnotherToolsImageScansNothingButTheTags() throws SQLException {
    layout.image("newcomer").layers(2).tag();

    List<String> scans = scansOf("sql", "SELECT 1");

    assertThat(scans).containsExactly(ROOTS_COMPARED);
    assertThat(program.sql("SELECT name FROM tag WHERE name = 'newcomer'")).hasSize(1);
  }

  @Test
  void aDeleteAfterAnotherToolCameScansNothingButTheTags() throws SQLException {
    layout.image("newcomer").layers(2).tag();

    assertThat(scansOf("delete", "newcomer")).containsExactly(ROOTS_COMPARED);
    assertThat(scansOf("delete", "app-17")).isEmpty();
  }

  /** Before anything is unlinked: which of the files has the ledger never seen? */
  @Test
  void aDeleteAfterAFileCameWithoutARootListsTheDigestsOnce() throws SQLException {
    layout.layer("nobody's");

    assertThat(scansOf("delete", "app-17")).containsExactly("content: SELECT digest FROM content");
    assertThat(scansOf("delete", "app-18")).isEmpty();
  }

  @Test
  void takingInThatAnotherToolDroppedAnImageScansNothingButTheTags() throws SQLException {
    layout.untagElsewhere("app-99");

    List<String> scans = scansOf("sql", "SELECT 1");

    assertThat(scans).containsExactly(ROOTS_COMPARED);
    assertThat(program.sql("SELECT * FROM unheld")).hasSize(4);
  }
}
