package io.github.ocigc.damage;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ocigc.fixture.LayoutFixture;
import io.github.ocigc.fixture.Program;
import io.github.ocigc.fixture.Rest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A ledger from before sums were kept is brought up to date, and what only it knows is kept. */
class OlderLedgerTest {
  @TempDir Path root;
  private String orphan = "";

  @BeforeEach
  void aLedgerOfSchemaFive() throws Exception {
    LayoutFixture store = new LayoutFixture(root);
    store.image("app").layers(2).tag();
    orphan = store.image("gone").layers(1).item().digest();
    Files.createDirectories(root.resolve(".ocigc"));
    String url = "jdbc:h2:file:" + root.resolve(".ocigc/ledger");
    Flyway.configure()
        .dataSource(url, "sa", "")
        .locations("classpath:db/migration")
        .target("5")
        .load()
        .migrate();
    try (Connection ledger = DriverManager.getConnection(url, "sa", "");
        Statement statement = ledger.createStatement()) {
      statement.execute(
          """
          INSERT INTO store_state (id, kind, root, identity, roots_fingerprint, blobs_stamp,
            generation, completeness)
          VALUES (1, 'oci-layout', '%s', '%s:%s', '', '', 7, 'COMPLETE')
          """
              .formatted(
                  root.toRealPath(),
                  Files.getAttribute(root, "unix:dev"),
                  Files.getAttribute(root, "unix:ino")));
      statement.execute(
          """
          INSERT INTO content (id, digest, size_bytes, state, form, ref_count)
          VALUES (1, '%s', 1, 'present', 'document', 0), (2, 'sha256:%s', 1, 'present', 'opaque', 0)
          """
              .formatted(orphan, "0".repeat(64)));
      statement.execute(
          "INSERT INTO unheld (content_id, since) VALUES (1, '2026-01-02T03:04:05Z')");
      statement.execute(
          """
          INSERT INTO event (at, action, reference, freed_blobs, freed_bytes)
          VALUES ('2026-01-02T03:04:05Z', 'delete', 'old', 3, 300)
          """);
    }
  }

  @Test
  void isBuiltAnewWithItsHistory() throws SQLException {
    Program program = new Program(root);

    Program.Run list = program.text("ls");

    assertThat(list.err()).contains("earlier ocigc-ledger");
    assertThat(program.done("history").get(0).path("reference").asText()).isEqualTo("old");
    assertThat(program.sql("SELECT digest FROM orphan WHERE unheld_since < '2026-02-01'"))
        .singleElement()
        .asString()
        .contains(orphan);
    Rest.assertSound(root);
  }

  @Test
  void isBuiltAnewByAReconcileToo() {
    new Program(root).json("reconcile");

    assertThat(new Program(root).done("history")).isNotEmpty();
    Rest.assertSound(root);
  }
}
