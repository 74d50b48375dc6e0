package io.github.ocigc.accidents;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ocigc.fixture.Child;
import io.github.ocigc.fixture.IndependentMark;
import io.github.ocigc.fixture.Item;
import io.github.ocigc.fixture.LayoutFixture;
import io.github.ocigc.fixture.Program;
import io.github.ocigc.fixture.Rest;
import io.github.ocigc.fixture.StoreFiles;
import io.github.ocigc.fixture.Trees;
import io.github.ocigc.store.Steps;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each of these has lost somebody's images. The names are those of the traps. */
class AccidentsTest {
  @TempDir Path folder;
  private LayoutFixture store;
  private Program program;

  @BeforeEach
  void makeStore() {
    store = new LayoutFixture(folder.resolve("store"));
    program = new Program(store.root());
  }

  private void assertNothingReachableIsLost() {
    assertThat(store.blobs()).containsAll(IndependentMark.reachable(store.root()));
    Rest.assertTidy(store.root());
  }

  @Test
  void aBlobArrivesBeforeItsManifestAndACollectionComesBetween() {
    store.image("app").layers(1).tag();
    program.done("ls");
    LayoutFixture.Image arriving = store.image("arriving").layers(2);
    program.done("delete", "app");
    program.done("prune", "--orphans");
    store.reread();
    arriving.tag();
    assertThat(store.blobs()).isEqualTo(IndependentMark.reachable(store.root())).hasSize(4);
    program.done("prune", "--orphans", "--older-than", "0s");
    assertThat(store.blobs()).hasSize(4);
    Rest.assertSound(store.root());
  }

  @Test
  void aManifestArrivesBeforeItsNameAndACollectionComesBetween() throws IOException {
    LayoutFixture.Image arriving = store.image("arriving").layers(2);
    for (Item old : arriving.layers()) {
      Files.setLastModifiedTime(
          store.file(old), FileTime.from(Instant.now().minus(Duration.ofDays(30))));
    }
    arriving.item();
    program.done("prune", "--orphans");
    assertThat(store.blobs()).as("old layers below a young manifest").hasSize(4);
    arriving.tag();
    Rest.assertSound(store.root());
  }

  @Test
  void anExistingBlobIsUsedAgainWithoutANewTimeStamp() throws IOException {
    LayoutFixture.Image old = store.image("old").layers(2);
    old.tag();
    for (String digest : store.blobs()) {
      Files.setLastModifiedTime(
          store.file(digest), FileTime.from(Instant.now().minus(Duration.ofDays(30))));
    }
    program.done("ls");
    store.untagElsewhere("old");
    program.done("ls");
    program.done("prune", "--orphans");
    assertThat(store.blobs()).as("unheld for a moment only").hasSize(4);
    store.image("new").sharing(old).tag();
    program.done("prune", "--orphans", "--older-than", "0s");
    assertNothingReachableIsLost();
    assertThat(store.blobs()).containsAll(old.layers().stream().map(Item::digest).toList());
  }

  @Test
  void anIndexsChildIsDeletedAsUntagged() {
    Item child = store.image("child").layers(1).item();
    Item index = store.platforms(List.of("linux/amd64"), List.of(child));
    store.tag(index, "multi");
    Program.Run run = program.text("delete", child.digest());
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("held").contains(index.digest());
    program.done("prune", "--orphans", "--older-than", "0s");
    assertThat(store.blobs()).hasSize(4);
    store.tag(child, "child");
    assertThat(program.done("delete", "child").path("freed_blobs").asInt()).isZero();
    assertThat(store.blobs()).hasSize(4);
    Rest.assertSound(store.root());
  }

  @Test
  void oneDigestUnderTwoMediaTypes() {
    Item layer = store.layer("shared");
    Item same = new Item("application/vnd.docker.image.rootfs.diff.tar", layer.digest(), 6);
    store.image("one").layer(layer).tag();
    store.image("two").layer(same).tag();
    assertThat(program.done("delete", "one").path("freed_blobs").asInt()).isEqualTo(2);
    assertThat(store.blobs()).contains(layer.digest());
    assertThat(program.done("delete", "two").path("freed_blobs").asInt()).isEqualTo(3);
    assertThat(store.blobs()).isEmpty();
  }

  /** At every moment up to the last look at the roots before a file goes. */
  @Test
  void twoProcessesRewriteIndexJson() {
    List<String> moments =
        List.of("caught-up", "intent-durable", "roots-written", "roots-published", "released");
    for (String moment : moments) {
      store = new LayoutFixture(folder.resolve(moment));
      LayoutFixture.Image app = store.image("app").layers(2);
      app.tag();
      new Program(store.root()).done("ls");
      Steps other =
          once(
              moment,
              () -> store.reread().image("other").layer(app.layers().get(0)).layers(1).tag());
      Program.Run run = new Program(store.root(), other).json("delete", "app");
      assertThat(run.exitCode()).as(moment + run.out() + run.err()).isZero();
      assertThat(StoreFiles.names(store.root())).as(moment).containsExactly("other");
      assertThat(store.blobs()).as(moment).isEqualTo(IndependentMark.reachable(store.root()));
      assertThat(store.blobs()).as(moment).contains(app.layers().get(0).digest()).hasSize(4);
      Rest.assertSound(store.root());
    }
  }

  private static Steps once(String moment, Runnable action) {
    List<String> done = new ArrayList<>();
    return step -> {
      if (step.equals(moment) && done.isEmpty()) {
        done.add(step);
        action.run();
      }
    };
  }

  @Test
  void heldOnlyThroughSubjectOrASignatureWithoutATag() {
    Item app = store.image("app").layers(1).tag();
    store.image("in index.json").subject(app).layers(1).untagged();
    store.image("nowhere but on disk").subject(app).layers(1).item();
    store.image("other").layers(1).tag();
    program.done("delete", "other");
    program.done("prune", "--orphans", "--older-than", "0s");
    assertThat(store.blobs()).hasSize(9);
    assertThat(program.done("delete", "app").path("freed_blobs").asInt()).isEqualTo(9);
    assertThat(store.blobs()).isEmpty();
    assertThat(StoreFiles.names(store.root())).isEmpty();
    Rest.assertSound(store.root());
  }

  @Test
  void anUnknownTypeStopsTheWalkAndWhatLiesBelowIsSwept() {
    store.image("docker").layers(2).mediaType("application/x-nobody-knows").tag();
    store.image("app").layers(1).tag();
    program.done("delete", "app");
    program.done("prune", "--orphans", "--older-than", "0s");
    assertThat(store.blobs()).isEqualTo(IndependentMark.reachable(store.root())).hasSize(4);
    Rest.assertSound(store.root());
  }

  @Test
  void twoStoresShareBytesButNotTheLedger() throws Exception {
    store.image("app").layers(2).tag();
    Path copy = folder.resolve("copy");
    Process cp = new ProcessBuilder("cp", "-al", store.root().toString(), copy.toString()).start();
    assertThat(cp.waitFor()).isZero();
    Map<String, String> before = StoreFiles.everything(copy);
    var report = program.done("delete", "app");
    assertThat(report.path("freed_blobs").asInt()).isEqualTo(4);
    assertThat(report.path("hard_linked_blobs").asInt()).isEqualTo(4);
    assertThat(StoreFiles.everything(copy)).isEqualTo(before);
    Rest.assertSound(copy);
  }

  @Test
  void theLedgerIsHalfBuiltThenCollectionRuns() {
    store.image("app").layers(1).tag();
    LayoutFixture.Image kept = store.image("kept").layers(2);
    kept.tag();
    for (int step = 1; step <= 3; step++) {
      try (Child child = Child.dyingAt(step, store.root(), "reconcile")) {
        assertThat(child.exitCode()).isEqualTo(Child.KILLED);
      }
      program.done("prune", "--orphans", "--older-than", "0s");
      assertThat(store.blobs()).as("step " + step).hasSize(7);
      Trees.remove(store.root().resolve(".ocigc"));
    }
    program.done("delete", "app");
    assertThat(store.blobs()).isEqualTo(IndependentMark.reachable(store.root())).hasSize(4);
  }

  @Test
  void theLedgerIsBehindThenCollectionRuns() throws Exception {
    LayoutFixture.Image app = store.image("app").layers(2);
    app.tag();
    program.done("ls");
    store.image("newer").sharing(app).tag();
    assertThat(program.done("delete", "app").path("freed_blobs").asInt()).isEqualTo(2);
    assertNothingReachableIsLost();
    try (var ledger =
            DriverManager.getConnection(
                "jdbc:h2:file:" + store.root().resolve(".ocigc/ledger"), "sa", "");
        Statement statement = ledger.createStatement()) {
      statement.execute("UPDATE store_state SET completeness = 'REBUILDING'");
    }
    store.image("newest").sharing(app).tag();
    assertThat(program.done("delete", "newer").path("freed_blobs").asInt()).isEqualTo(2);
    assertNothingReachableIsLost();
  }

  @Test
  void aCrashBetweenFileAndDatabase() {
    LayoutFixture.Image app = store.image("app").layers(2);
    app.tag();
    store.image("other").sharing(app).tag();
    program.done("ls");
    try (Child child = Child.waitingAt("unlinked", store.root(), "delete", "app")) {
      child.awaitOut("at unlinked");
      child.kill();
    }
    Set<String> reachable = IndependentMark.reachable(store.root());
    program.done("delete", "other", "--dry-run");
    assertThat(store.blobs()).isEqualTo(reachable).hasSize(4);
    Rest.assertSound(store.root());
  }

  /** What stands in a folder's place gives another error than a file that is not there. */
  @Test
  void aReadErrorIsTakenForAbsence() throws IOException {
    store.image("app").layers(1).tag();
    Item manifest = store.image("broken").layers(1).tag();
    Files.delete(store.file(manifest));
    Files.createSymbolicLink(store.file(manifest), store.file(manifest).getFileName());
    Program.Run run = program.text("delete", "app");
    assertThat(run.exitCode()).isEqualTo(4);
    assertThat(run.err()).contains(manifest.digest().substring(7));
    assertThat(program.json("prune", "--orphans", "--older-than", "0s").exitCode()).isEqualTo(4);
    assertThat(store.blobs()).hasSize(5);
  }
}
