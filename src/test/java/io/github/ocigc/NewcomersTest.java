package io.github.ocigc;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ocigc.fixture.IndependentMark;
import io.github.ocigc.fixture.Item;
import io.github.ocigc.fixture.LayoutFixture;
import io.github.ocigc.fixture.Program;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that another tool writes between our commands and that no root reaches. */
class NewcomersTest {
  @TempDir Path folder;

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

    assertThat(store.blobs()).contains(shared.digest());
    assertThat(store.blobs()).isEqualTo(IndependentMark.reachable(folder));
    program.assertCountsHold();
    assertThat(program.done("reconcile").path("changes").asInt()).isZero();
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
}
