package io.github.ocigc.damage;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ocigc.fixture.LayoutFixture;
import io.github.ocigc.fixture.Program;
import io.github.ocigc.fixture.Rest;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sums are kept, and not added up when they are asked for: a check proves them. */
class WrongSumsTest {
  @TempDir Path root;

  @BeforeEach
  void aStoreWithSharedLayers() {
    LayoutFixture store = new LayoutFixture(root);
    LayoutFixture.Image base = store.image("base").layers(2);
    base.tag();
    store.image("app").sharing(base).layers(1).tag();
    new Program(root).done("ls");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE tag SET unique_bytes = unique_bytes + 1 WHERE name = 'app'",
        "UPDATE tag SET total_bytes = 0",
        "UPDATE tag SET created = 'yesterday' WHERE name = 'base'",
        "UPDATE content SET sole_tag_id = NULL WHERE ref_count = 1",
        "UPDATE content SET sole_tag_id = 0 WHERE ref_count = 2",
        "UPDATE usage_total SET held_bytes = held_bytes - 1",
        "UPDATE usage_total SET orphan_blobs = 1",
        "UPDATE usage_total SET names_xor = BITXOR(names_xor, 1)",
        "UPDATE usage_total SET roots = roots + 1"
      })
  void areFoundByACheckAndMendedByAReconcile(String sql) throws SQLException {
    try (Connection ledger =
            DriverManager.getConnection("jdbc:h2:file:" + root.resolve(".ocigc/ledger"), "sa", "");
        Statement statement = ledger.createStatement()) {
      assertThat(statement.executeUpdate(sql)).isPositive();
    }
    Program program = new Program(root);

    Program.Run check = program.json("check");

    assertThat(check.exitCode()).isEqualTo(1);
    assertThat(check.out()).contains("sum_drift").doesNotContain("ledger_drift");
    program.json("reconcile");
    Rest.assertSound(root);
  }
}
