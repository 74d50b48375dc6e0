package io.github.ocigc.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ocigc.fixture.Child;
import io.github.ocigc.fixture.IndependentMark;
import io.github.ocigc.fixture.LayoutFixture;
import io.github.ocigc.fixture.Program;
import io.github.ocigc.fixture.Rest;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The database uses the space of its own old chunks again, but not before they are 45 s old: a
 * ledger of some age is written in other places than one that a test has just made, and what was
 * committed must be found there too after a kill.
 */
class AgedLedgerTest {
  private static final int IMAGES = 8;

  @TempDir Path root;

  @ParameterizedTest
  @ValueSource(strings = {"roots-published", "released", "unlinked", "unlinks-durable"})
  void aDeleteThatIsKilledIsFinished(String step) throws SQLException {
    LayoutFixture store = new LayoutFixture(root);
    for (int i = 0; i < IMAGES; i++) {
      store.image("image" + i).layers(2).tag();
    }
    new Program(root).done("ls");
    for (int i = 0; i < IMAGES; i++) {
      age();
      try (Child child = Child.waitingAt(step, root, "delete", "image" + i)) {
        child.awaitOut("at " + step);
        child.kill();
      }
      new Program(root).done("ls");
      assertThat(store.blobs())
          .as("image" + i + " at " + step)
          .isEqualTo(IndependentMark.reachable(root));
      Rest.assertSound(root);
    }
  }

  /** As if the ledger's chunks were all older than 45 s. */
  private void age() throws SQLException {
    try (Connection ledger =
            DriverManager.getConnection(
                "jdbc:h2:file:" + root.resolve(".ocigc/ledger") + ";MAX_COMPACT_TIME=0", "sa", "");
        Statement statement = ledger.createStatement()) {
      statement.execute("SET RETENTION_TIME 0");
    }
  }
}
