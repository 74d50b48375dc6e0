package io.github.ocigc.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether a ledger's file was closed by whoever wrote to it last. */
class LedgerFileTest {
  @TempDir Path folder;

  @Test
  void isClosedOnceWhatWasWrittenIsAndNotBefore() throws Exception {
    LedgerFile file = new LedgerFile(folder.resolve("ledger"));
    assertThat(file.isClosed()).as("missing").isFalse();
    LedgerFile.connect("file:" + folder.resolve("ledger"), "").close(); // as it is built
    assertThat(file.isClosed()).as("new").isTrue();
    SealedFile.register();
    Path killed = folder.resolve("killed.mv.db");
    String base = SealedFile.SCHEME + ":" + folder.resolve("ledger");
    try (Connection connection = LedgerFile.connect(base, ";WRITE_DELAY=0")) {
      try (Statement statement = connection.createStatement()) {
        statement.execute("CREATE TABLE numbered (n INTEGER)");
        statement.execute("INSERT INTO numbered VALUES (1)");
        assertThat(file.isClosed()).as("in use").isFalse();
        Files.copy(file.path(), killed);
      }
    }
    assertThat(file.isClosed()).isTrue();
    assertThat(new LedgerFile(folder.resolve("killed")).isClosed()).as("killed").isFalse();
    Files.write(killed, new byte[100]);
    assertThat(new LedgerFile(folder.resolve("killed")).isClosed()).as("too short").isFalse();
  }
}
