package io.github.ocigc.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ocigc.fixture.Item;
import io.github.ocigc.fixture.LayoutFixture;
import io.github.ocigc.fixture.Program;
import io.github.ocigc.ledger.Arrival;
import io.github.ocigc.ledger.Ledger;
import io.github.ocigc.oci.Digest;
import io.github.ocigc.oci.Form;
import io.github.ocigc.oci.OcigcException;
import io.github.ocigc.oci.RootKey;
import io.github.ocigc.oci.Size;
import io.github.ocigc.store.Transfer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The listing without the database is the listing with it, or none. */
final class GlanceTest {
  @TempDir Path folder;
  private LayoutFixture layout;
  private Program program;

  @BeforeEach
  void aLedgerThatHasSeenAll() {
    layout = new LayoutFixture(folder.resolve("store"));
    LayoutFixture.Image base = layout.image("base").layers(2);
    base.tag();
    Item app = layout.image("app").sharing(base).layers(1).item();
    layout.tag(app, "host:5000/team/app:v1").tag(app, "host:5000/team/app:latest");
    layout.tag(layout.image("lib").layers(1).item(), "host:5000/other/lib:v1");
    layout.image("signature").layers(1).subject(app).untagged();
    layout.tag(layout.index(app, layout.image("arm").item()), "b[a]se");
    program = new Program(layout.root());
    program.done("reconcile");
  }

  private Optional<List<Listing.Line>> glance(String... patterns) {
    return Listing.glance(layout.root(), "test", Options.DEFAULT, List.of(patterns));
  }

  private List<Listing.Line> listed(String... patterns) {
    try (OpenStore open = open(OpenStore.Access.READ)) {
      return new Listing(open).run(List.of(patterns));
    }
  }

  private List<String> namesByTheDatabase(String pattern) {
    try (OpenStore open = open(OpenStore.Access.READ)) {
      return Listing.selected(open.ledger().view(), pattern).stream()
          .map(root -> root.key().name())
          .toList();
    }
  }

  private OpenStore open(OpenStore.Access access) {
    return OpenStore.open(layout.root(), "test", access, Options.DEFAULT);
  }

  /** Changes the ledger as a process does that dies before its work is done. */
  private void halfway(Consumer<Ledger> change) {
    try (OpenStore open = open(OpenStore.Access.WRITE)) {
      change.accept(open.ledger());
    }
  }

  private void asOwner(String sql) throws SQLException {
    String url = "jdbc:h2:file:" + layout.root().toAbsolutePath().resolve(".ocigc/ledger");
    try (Connection owner = DriverManager.getConnection(url, "sa", "");
        Statement statement = owner.createStatement()) {
      statement.execute(sql);
    }
  }

  private void isTheListing() {
    assertThat(glance()).contains(listed());
  }

  @Test
  void allOfIt() {
    isTheListing();
    assertThat(glance().orElseThrow()).hasSize(6);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"base", "*", "host:5000/*", "*v1", "app:v1", "lib:v1", "team/app", "b[a]se", ""})
  void byName(String pattern) {
    assertThat(listed(pattern)).isNotEmpty();
    assertThat(glance(pattern)).contains(listed(pattern));
    assertThat(listed(pattern))
        .extracting(Listing.Line::name)
        .containsExactlyInAnyOrderElementsOf(namesByTheDatabase(pattern));
    assertThat(glance("lib:v1", pattern, "base")).contains(listed("lib:v1", pattern, "base"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"nothing", "no*", "bas", "v1", "a[", "[z-a]"})
  void itRefusesInTheSameWords(String pattern) {
    OcigcException refused = null;
    try {
      namesByTheDatabase(pattern);
    } catch (OcigcException e) {
      refused = e;
    }
    assertThat(refused).isNotNull();
    assertThatThrownBy(() -> glance("base", pattern))
        .isInstanceOf(refused.getClass())
        .hasMessage(refused.getMessage());
    assertThatThrownBy(() -> listed("base", pattern))
        .isInstanceOf(refused.getClass())
        .hasMessage(refused.getMessage());
  }

  @Test
  void digestsAreTheDatabases() {
    String digest = glance("base").orElseThrow().get(0).digest().toString();
    assertThat(glance(digest)).isEmpty();
    assertThat(glance(digest.substring(0, 15))).isEmpty();
    assertThat(glance("base@" + digest)).isEmpty();
    assertThat(listed(digest)).isEqualTo(listed("base")).isEqualTo(listed("base@" + digest));
  }

  @Test
  void afterEveryChangeOfOurs() {
    for (String[] change :
        List.of(
            new String[] {"tag", "base", "host/new:v9"},
            new String[] {"untag", "lib:v1"},
            new String[] {"delete", "base"},
            new String[] {"prune", "--orphans", "--older-than", "0s"},
            new String[] {"reconcile"},
            new String[] {"check"},
            new String[] {"compact"})) {
      program.done(change);
      assertThat(glance()).as(change[0]).contains(listed());
    }
    for (int i = 0; i < 40; i++) { // past the gathering of room, and of a second level of pages
      program.done("tag", "app:v1", "host/app:" + i);
    }
    isTheListing();
    assertThat(glance("host/app:*").orElseThrow()).hasSize(40);
  }

  @Test
  void wherePushed() throws SQLException {
    Listing.Line base = glance("base").orElseThrow().get(0);
    asOwner(
        """
        INSERT INTO pushed VALUES
          ('%1$s', 'b.example', 'two', 'v1', '2024-05-06 07:08:09.123+02:00'),
          ('%1$s', 'c.example', 'two', NULL, '2024-05-06 07:08:09.123+02:00'),
          ('%1$s', 'a.example', 'two', 'v0', '2024-05-06 07:08:09.123+02:00'),
          ('%1$s', 'a.example', 'one', 'v9', '2024-05-06 05:08:09.123Z'),
          ('%1$s', 'z.example', 'old', 'v9', '2023-05-06 07:08:09+00:00'),
          ('sha256:%2$s', 'z.example', 'elsewhere', 'v9', '2023-05-06 07:08:09+00:00')
        """
            .formatted(base.digest(), "0".repeat(64)));
    isTheListing();
    assertThat(glance("base").orElseThrow().get(0).pushed())
        .extracting(pushed -> pushed.target())
        .containsExactly(
            "z.example/old:v9",
            "a.example/one:v9",
            "c.example/two@" + base.digest(),
            "a.example/two:v0",
            "b.example/two:v1");
  }

  @Test
  void notWhatAnotherToolChanged() {
    layout.tag(layout.image("new").layers(1).item(), "new");
    assertThat(glance()).isEmpty();
    assertThat(listed()).hasSize(7);
    isTheListing();
  }

  @Test
  void notWhileATransferIsUnderWay() {
    Transfer transfer;
    try (OpenStore open = open(OpenStore.Access.WRITE)) {
      transfer = open.lease("test", List.of(digestOfBase(open)));
    }
    try (transfer) {
      assertThat(glance()).isEmpty();
    }
    assertThat(glance()).isEmpty(); // its lease is to be ended
    assertThat(listed()).hasSize(6);
    isTheListing();
  }

  @Test
  void notWhenATransferHasBegunThatTheLedgerDoesNotKnow() {
    try (OpenStore open = open(OpenStore.Access.WRITE);
        Transfer transfer = open.store().transfers().begin("test")) {
      transfer.hold(List.of(digestOfBase(open)));
      open.close();
      assertThat(glance()).isEmpty();
      assertThat(listed()).hasSize(6);
    }
  }

  private static Digest digestOfBase(OpenStore open) {
    return new Listing(open).run(List.of("base")).get(0).digest();
  }

  @Test
  void notWhenADeleteDied() {
    Digest base = glance("base").orElseThrow().get(0).digest();
    halfway(ledger -> ledger.intend(List.of(new RootKey("base", base))));
    assertThat(glance()).isEmpty();
    assertThat(listed()).hasSize(6);
    isTheListing();
  }

  @Test
  void notWhenFilesAreToBeUnlinked() {
    Item orphan = layout.layer("orphan");
    Digest digest = Digest.parse(orphan.digest()).orElseThrow();
    halfway(
        ledger ->
            assertThat(
                    ledger.condemnUnheld(
                        List.of(new Arrival(digest, Form.OPAQUE, Size.ZERO, Optional.empty()))))
                .hasSize(1));
    assertThat(glance()).isEmpty();
    assertThat(listed()).hasSize(6);
    assertThat(layout.blobs()).doesNotContain(orphan.digest());
    isTheListing();
  }

  @Test
  void notWhenWhatWasMissingHasCome() throws IOException {
    Item layer = layout.layer("late");
    layout.tag(layout.image("sparse").layer(layer).item(), "sparse");
    byte[] bytes = Files.readAllBytes(layout.file(layer));
    layout.remove(layer);
    program.done("reconcile");
    long without = listed("sparse").get(0).sizeBytes();
    layout.layer("something else that came");
    assertThat(glance()).contains(listed());
    Files.write(layout.file(layer), bytes);
    assertThat(glance()).isEmpty();
    assertThat(listed("sparse").get(0).sizeBytes()).isEqualTo(without + bytes.length);
  }

  @Test
  void notInAnotherPlaceOrOfAnotherStore() throws IOException {
    Path moved = folder.resolve("moved");
    Files.move(layout.root(), moved);
    assertThat(Listing.glance(moved, "test", Options.DEFAULT, List.of())).isEmpty();
    Files.move(moved, layout.root());
    isTheListing();
    Path other = new LayoutFixture(folder.resolve("other")).root();
    Files.createDirectories(other.resolve(".ocigc"));
    String ledger = ".ocigc/ledger.mv.db";
    Files.copy(layout.root().resolve(ledger), other.resolve(ledger));
    assertThat(Listing.glance(other, "test", Options.DEFAULT, List.of())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "INSERT INTO \"flyway_schema_history\" VALUES"
            + " (11, '11', 'n', 'SQL', 'n', 1, 'sa', CURRENT_TIMESTAMP, 0, TRUE)",
        "DELETE FROM \"flyway_schema_history\" WHERE \"version\" = '10'",
        "UPDATE store_state SET completeness = 'REBUILDING'",
        "UPDATE store_state SET kind = 'other'",
        "DELETE FROM store_state",
        "DROP VIEW orphan",
        "DROP TABLE deferred",
        "DROP INDEX tag_weak",
        "REVOKE SELECT ON SCHEMA public FROM reader"
      })
  void notOfALedgerThatIsNotAsItShouldBe(String change) throws SQLException {
    asOwner(change);
    assertThat(glance()).isEmpty();
  }

  @Test
  void notOfALedgerThatSomebodyHasOpenOrLeftOpen() throws IOException {
    Path file = layout.root().resolve(".ocigc/ledger.mv.db");
    byte[] inUse;
    try (OpenStore open = open(OpenStore.Access.WRITE)) {
      open.ledger().setState(open.ledger().state().orElseThrow());
      inUse = Files.readAllBytes(file);
    }
    isTheListing();
    Files.write(file, inUse);
    assertThat(glance()).isEmpty();
    assertThat(listed()).hasSize(6);
  }

  @Test
  void notWithoutALedger() throws IOException {
    Files.delete(layout.root().resolve(".ocigc/ledger.mv.db"));
    assertThat(glance()).isEmpty();
    assertThat(listed()).hasSize(6);
  }
}
