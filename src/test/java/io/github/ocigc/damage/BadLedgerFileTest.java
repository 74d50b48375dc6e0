package io.github.ocigc.damage;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ocigc.fixture.IndependentMark;
import io.github.ocigc.fixture.LayoutFixture;
import io.github.ocigc.fixture.Program;
import io.github.ocigc.fixture.Rest;
import io.github.ocigc.fixture.StoreFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A ledger's file that is no ledger: set aside as it is, and built anew from the disk. */
class BadLedgerFileTest {
  @TempDir Path root;
  private LayoutFixture store;
  private Path file;

  @BeforeEach
  void makeStore() {
    store = new LayoutFixture(root);
    LayoutFixture.Image base = store.image("base").layers(1);
    base.tag();
    store.image("app").sharing(base).layers(1).tag();
    new Program(root).done("ls");
    file = root.resolve(".ocigc/ledger.mv.db");
  }

  /** Byte for byte, where the database cannot open it; else with all that is in it. */
  private interface Content {
    void isIn(Path aside, byte[] bad) throws Exception;
  }

  private static final Content BYTES = (aside, bad) -> assertThat(aside).hasBinaryContent(bad);

  private static Content rows(int count, String query) {
    return (aside, bad) -> {
      String base = aside.toString().replace(".mv.db", "");
      try (Connection ledger = DriverManager.getConnection("jdbc:h2:file:" + base, "sa", "");
          Statement statement = ledger.createStatement();
          ResultSet rs = statement.executeQuery(query)) {
        assertThat(rs.next()).isTrue();
        assertThat(rs.getInt(1)).isEqualTo(count);
      }
    };
  }

  private void isSetAsideByEveryVerb(Content content) throws Exception {
    byte[] bad = Files.readAllBytes(file);
    for (String[] verb :
        List.of(
            new String[] {"ls"},
            new String[] {"check"},
            new String[] {"delete", "--dry-run", "app"},
            new String[] {"prune"},
            new String[] {"reconcile"})) {
      removeAside();
      Files.write(file, bad);
      Program.Run run = new Untouched(root).leavesAlone(verb);
      assertThat(run.exitCode()).as(verb[0] + run.err()).isZero();
      Path aside = aside();
      content.isIn(aside, bad);
      assertThat(run.out() + run.err()).as(verb[0]).contains(aside.getFileName().toString());
      Rest.assertSound(root);
    }
    removeAside();
    Files.write(file, bad);
    assertThat(new Program(root).done("delete", "app").path("freed_blobs").asInt()).isEqualTo(3);
    assertThat(store.blobs()).isEqualTo(IndependentMark.reachable(root));
    content.isIn(aside(), bad);
    Rest.assertSound(root);
  }

  private Path aside() {
    List<String> names =
        StoreFiles.ownFiles(root).stream().filter(name -> name.contains("unusable")).toList();
    assertThat(names).hasSize(1);
    return root.resolve(".ocigc").resolve(names.get(0));
  }

  private void removeAside() throws IOException {
    for (String name : StoreFiles.ownFiles(root)) {
      if (name.contains("unusable")) {
        Files.delete(root.resolve(".ocigc").resolve(name));
      }
    }
  }

  @Test
  void missing() throws IOException {
    Files.delete(file);
    assertThat(new Program(root).text("ls").err()).contains("no ledger yet");
    Files.delete(file);
    assertThat(new Program(root).done("delete", "app").path("freed_blobs").asInt()).isEqualTo(3);
    Rest.assertSound(root);
    Files.delete(file);
    assertThat(new Program(root).done("reconcile").path("changes").asInt()).isPositive();
    Rest.assertSound(root);
  }

  @Test
  void empty() throws Exception {
    Files.write(file, new byte[0]);
    isSetAsideByEveryVerb(BYTES);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.001, 0.1, 0.5, 0.9, 0.99})
  void truncated(double part) throws IOException {
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, java.util.Arrays.copyOf(whole, (int) (whole.length * part)));
    isNoWorseThanMissing();
  }

  @Test
  void onlyItsHeadersSurvive() throws IOException {
    Files.write(file, java.util.Arrays.copyOf(Files.readAllBytes(file), 8192));
    isNoWorseThanMissing();
  }

  @Test
  void aPageInTheMiddleOverwritten() throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    for (int page = 2; page < bytes.length / 4096; page++) {
      byte[] bad = bytes.clone();
      java.util.Arrays.fill(bad, page * 4096, (page + 1) * 4096, (byte) page);
      Files.write(file, bad);
      isNoWorseThanMissing();
      removeAside();
      bytes = Files.readAllBytes(file);
    }
  }

  /** The database may repair such a file, or not: the next commands work, and lose nothing. */
  private void isNoWorseThanMissing() {
    Program.Run list = new Untouched(root).leavesAlone("ls");
    assertThat(list.exitCode()).as(list.err()).isZero();
    Program.Run reconcile = new Untouched(root).leavesAlone("reconcile");
    assertThat(reconcile.exitCode()).as(reconcile.err()).isZero();
    Rest.assertSound(root);
  }

  @Test
  void garbage() throws Exception {
    byte[] garbage = new byte[100_000];
    new Random(1).nextBytes(garbage);
    Files.write(file, garbage);
    isSetAsideByEveryVerb(BYTES);
  }

  @Test
  void text() throws Exception {
    StoreFiles.overwrite(file, "Dear diary,\n".repeat(1000));
    isSetAsideByEveryVerb(BYTES);
  }

  @Test
  void anotherProgramsDatabase() throws Exception {
    Files.delete(file);
    sql("CREATE TABLE diary (entry VARCHAR)", "INSERT INTO diary VALUES ('dear')");
    isSetAsideByEveryVerb(rows(1, "SELECT COUNT(*) FROM diary"));
  }

  @Test
  void aLedgerWithoutItsTables() throws Exception {
    sql("DROP VIEW disk_usage", "DROP TABLE edge CASCADE");
    sql("DROP TABLE store_state");
    isSetAsideByEveryVerb(rows(6, "SELECT COUNT(*) FROM content"));
  }

  @Test
  void aLedgerThatWasNotBuiltToItsEnd() throws Exception {
    sql("UPDATE store_state SET completeness = 'REBUILDING'");
    isSetAsideByEveryVerb(rows(6, "SELECT COUNT(*) FROM content"));
  }

  @Test
  void aFolderInItsPlace() throws IOException {
    Files.delete(file);
    Files.createDirectory(file);
    Files.writeString(file.resolve("letter"), "dear");
    assertThat(new Untouched(root).leavesAlone("ls").exitCode()).isZero();
    assertThat(aside().resolve("letter")).hasContent("dear");
    Rest.assertSound(root);
  }

  @Test
  void aLedgerOfANewerVersionIsLeftAlone() throws Exception {
    sql(
        """
        INSERT INTO "flyway_schema_history"
          ("installed_rank", "version", "description", "type", "script", "installed_by",
            "execution_time", "success")
        VALUES (99, '99', 'later', 'SQL', 'V99__later.sql', 'sa', 1, TRUE)
        """);
    for (String[] verb :
        List.of(new String[] {"ls"}, new String[] {"delete", "app"}, new String[] {"reconcile"})) {
      assertThat(new Untouched(root).refuses(2, verb))
          .contains("newer ocigc-ledger")
          .contains("ledger.mv.db");
      assertThat(StoreFiles.ownFiles(root)).containsExactly("ledger.mv.db", "lock");
    }
    sql("DELETE FROM \"flyway_schema_history\" WHERE \"version\" = '99'");
    Rest.assertSound(root);
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
