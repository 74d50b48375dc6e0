package io.github.ocigc;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ocigc.fixture.IndependentMark;
import io.github.ocigc.fixture.Item;
import io.github.ocigc.fixture.LayoutFixture;
import io.github.ocigc.fixture.Program;
import io.github.ocigc.store.BlobFolder;
import io.github.ocigc.store.Steps;
import io.github.ocigc.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that another tool writes between our commands and that no root reaches. */
class NewcomersTest {
  @TempDir Path folder;

  private void assertKept(Item shared, LayoutFixture store, Program program) {
    assertThat(store.blobs()).contains(shared.digest());
    assertThat(store.blobs()).isEqualTo(IndependentMark.reachable(folder));
    program.assertCountsHold();
    assertThat(program.done("reconcile").path("changes").asInt()).isZero();
  }

  @Test
  void aReferrerThatCameWithoutARootKeepsWhatItShares() {
    LayoutFixture store = new LayoutFixture(folder);
    Item app = store.image("app").layers(1).tag();
    Item shared = store.layer("{}");
    store.image("note").layer(shared).tag();
    Program program = new Program(folder);
    program.done("ls");

    store.image("signature").layer(shared).subject(app).item();
    program.done("delete", "note");

    assertKept(shared, store, program);
  }

  @Test
  void aReferrerIsFoundAlthoughAsManyFilesWentAsCame() throws IOException {
    LayoutFixture store = new LayoutFixture(folder);
    Item app = store.image("app").layers(1).tag();
    Item shared = store.layer("{}");
    store.image("note").layer(shared).tag();
    List<Item> leftovers = List.of(store.layer("one"), store.layer("two"));
    Program program = new Program(folder);
    program.done("du");

    for (Item leftover : leftovers) {
      Files.delete(store.file(leftover));
    }
    store.image("signature").layer(shared).subject(app).item(); // itself and its config
    program.done("delete", "note");

    assertThat(store.blobs()).contains(shared.digest());
    assertThat(store.blobs()).isEqualTo(IndependentMark.reachable(folder));
    program.assertCountsHold();
  }

  @Test
  void referrersOfReferrersComeInAnyOrder() {
    LayoutFixture store = new LayoutFixture(folder);
    Item app = store.image("app").layers(1).tag();
    Program program = new Program(folder);
    program.done("ls");

    Item signature = store.image("signature").layers(1).subject(app).item();
    Item countersigned = store.image("countersigned").layers(1).subject(signature).item();
    program.done("ls");

    assertThat(program.done("why", countersigned.digest()).path("roots").toString())
        .isEqualTo("[\"app\"]");
    assertThat(program.done("reconcile").path("changes").asInt()).isZero();
    assertThat(program.done("delete", "app").path("freed_blobs").asInt()).isEqualTo(9);
    assertThat(store.blobs()).isEmpty();
  }

  @Test
  void aReferrerOfWhatIsAbsentIsHeldByNothing() throws IOException {
    LayoutFixture store = new LayoutFixture(folder);
    store.image("other").layers(1).tag();
    Item app = store.image("app").layers(1).item();
    store.image("signature").layers(1).subject(app).item();
    Files.delete(store.file(app));
    Program program = new Program(folder);
    program.done("ls");

    store.tag(app, "app"); // another tool names it, and its file is still to come
    program.done("ls");
    assertThat(program.sql("SELECT digest FROM orphan")).hasSize(5);
    program.assertEqualsRebuilt();
  }

  @Test
  void whatIsNoReferrerIsKnownAsAnOrphanFromThenOn() {
    LayoutFixture store = new LayoutFixture(folder);
    store.image("app").layers(1).tag();
    Program program = new Program(folder);
    program.done("ls");

    Item stranger = store.layer("just uploaded");
    assertThat(program.done("du").path("orphan_blobs").asInt()).isEqualTo(1);
    assertThat(program.done("delete", "app").path("freed_blobs").asInt()).isEqualTo(3);
    assertThat(store.blobs()).isEqualTo(new java.util.TreeSet<>(List.of(stranger.digest())));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "caught-up",
        "intent-durable",
        "roots-published",
        "released",
        "unlinked",
        "unlinks-durable",
        "forgotten"
      })
  void aReferrerThatComesDuringADeleteKeepsWhatItShares(String step) {
    LayoutFixture store = new LayoutFixture(folder);
    Item app = store.image("app").layers(1).tag();
    store.image("going").layers(2).tag();
    Item shared = store.layer("{}");
    store.image("note").layer(shared).tag();
    new Program(folder).done("ls");
    List<Item> signature = new ArrayList<>();

    Steps anotherTool =
        reached -> {
          if (reached.equals(step) && signature.isEmpty()) {
            signature.add(store.image("signature").layer(shared).subject(app).item());
          }
        };
    new Program(folder, anotherTool).done("delete", "going");
    assertThat(signature).as("the step was reached").hasSize(1);
    Program program = new Program(folder);
    program.done("delete", "note");

    assertKept(shared, store, program);
  }

  @Test
  void aReferrerThatComesDuringADeleteKeepsWhatWasAboutToGo() {
    LayoutFixture store = new LayoutFixture(folder);
    Item app = store.image("app").layers(1).tag();
    Item shared = store.layer("{}");
    store.image("note").layer(shared).tag();
    new Program(folder).done("ls");

    Steps anotherTool =
        reached -> {
          if (reached.equals("released")) {
            store.image("signature").layer(shared).subject(app).item();
          }
        };
    Program.Run run = new Program(folder, anotherTool).json("delete", "note");

    assertThat(run.exitCode()).isZero();
    assertThat(run.freed()).hasSize(2).doesNotContain(shared.digest());
    assertThat(store.blobs()).isEqualTo(IndependentMark.reachable(folder));
    new Program(folder).assertCountsHold();
  }

  @Test
  void ourOwnRemovalsAreNotTakenForAnotherTools() {
    LayoutFixture store = new LayoutFixture(folder);
    store.image("app").layers(1).tag();
    store.image("going").layers(2).tag();
    Program program = new Program(folder);
    BlobFolder blobs = Store.open(folder, 1 << 20).blobs();
    assertThat(blobs.settledStamp()).isNotEmpty();
    program.done("ls");
    program.done("delete", "going");

    String stamp =
        program.sql("SELECT blobs_stamp FROM store_state").get(0).path("blobs_stamp").asText();
    assertThat(stamp).isNotEmpty();
    assertThat(blobs.times().isAt(stamp)).isTrue();
  }
}
