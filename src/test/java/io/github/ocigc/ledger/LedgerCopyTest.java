package io.github.ocigc.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ocigc.fixture.LayoutFixture;
import io.github.ocigc.fixture.Program;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A ledger's copy has all its rows, is its reader's alone, and touches nothing. */
class LedgerCopyTest {
  @TempDir Path root;
  private LedgerFile file;

  @BeforeEach
  void makeLedger() {
    new LayoutFixture(root).image("app").layers(2).tag();
    new Program(root).done("ls");
    file = new LedgerFile(root.resolve(".ocigc/ledger"));
  }

  private static Ledger opened(LedgerOpening opening) {
    return ((LedgerOpening.Opened) opening).ledger();
  }

  private static long contents(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT COUNT(*) FROM content")) {
      rows.next();
      return rows.getLong(1);
    }
  }

  private static void assertReads(LedgerCopy copy, long rows) throws SQLException {
    Connection connection = copy.connection();
    assertThat(contents(connection)).isEqualTo(rows);
    try (Statement statement = connection.createStatement()) {
      for (String sql : new String[] {"DELETE FROM edge", "SET @x = 1", "SET PASSWORD 'x'"}) {
        assertThatThrownBy(() -> statement.execute(sql)).hasMessageContaining("read-only copy");
        assertThatThrownBy(() -> statement.addBatch(sql)).hasMessageContaining("read-only copy");
        assertThatThrownBy(() -> connection.prepareStatement(sql)).isInstanceOf(SQLException.class);
        assertThatThrownBy(() -> connection.prepareCall(sql)).isInstanceOf(SQLException.class);
      }
      assertThatThrownBy(() -> statement.execute("SELECT 1; DELETE FROM edge"))
          .isInstanceOf(SQLException.class);
    }
  }

  @Test
  void ofAFileThatIsInUse() throws SQLException {
    try (LedgerCopy copy = LedgerCopy.of(opened(file.open()), file)) {
      assertReads(copy, 4);
      assertThat(copy.connection().isReadOnly()).isTrue();
      String url = copy.connection().getMetaData().getURL();
      for (String user : new String[] {"sa", "reader"}) {
        assertThatThrownBy(() -> DriverManager.getConnection(url, user, "")).isNotNull();
        assertThatThrownBy(() -> DriverManager.getConnection(url, user, user)).isNotNull();
      }
    }
    // its reader has the password that it had
    assertThat(new Program(root).sql("SELECT digest FROM content")).hasSize(4);
  }

  @Test
  void ofAFileThatCannotBeWritten() throws SQLException {
    try (LedgerCopy copy = LedgerCopy.of(opened(file.openReadOnly()), file)) {
      assertReads(copy, 4);
    }
  }

  @Test
  void ofALedgerInMemory() throws SQLException {
    LedgerCopy copy = LedgerCopy.of(inMemory(), file);
    try (copy) {
      assertReads(copy, 0);
    }
    assertThatThrownBy(() -> contents(copy.connection())).isInstanceOf(SQLException.class);
  }

  private static Ledger inMemory() {
    StoreState state = new StoreState("oci-layout", "/store", "1:2", "", "", 1, true);
    return LedgerFile.inMemory().load(new Census().count(), CensusLoad.Memory.NONE, state);
  }

  @Test
  void twoAtATime() throws SQLException {
    try (LedgerCopy first = LedgerCopy.of(opened(file.open()), file);
        LedgerCopy second = LedgerCopy.of(opened(file.open()), file)) {
      assertThat(contents(first.connection())).isEqualTo(contents(second.connection()));
      assertThat(first.connection().getMetaData().getURL())
          .isNotEqualTo(second.connection().getMetaData().getURL());
    }
  }
}
