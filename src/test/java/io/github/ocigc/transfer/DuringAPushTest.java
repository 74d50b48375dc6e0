package io.github.ocigc.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ocigc.fixture.Child;
import io.github.ocigc.fixture.Gate;
import io.github.ocigc.fixture.Item;
import io.github.ocigc.fixture.LayoutFixture;
import io.github.ocigc.fixture.Program;
import io.github.ocigc.fixture.Shelf;
import io.github.ocigc.oci.Digest;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What others do while a push of {@code app} waits in the middle of an upload. */
class DuringAPushTest {
  @TempDir Path folder;
  private Shelf registry;
  private LayoutFixture store;
  private LayoutFixture.Image app;
  private Set<String> rest;
  private Program program;
  private Gate gate;
  private Child push;

  @BeforeEach
  void pushHalf() {
    registry = new Shelf(folder.resolve("shelf"));
    store = new LayoutFixture(folder.resolve("store"));
    LayoutFixture.Image base = store.image("base").layers(2);
    base.tag();
    rest = store.blobs();
    app = store.image("app").sharing(base).layers(2);
    app.tag();
    program = new Program(store.root());
    program.done("ls");
    gate = registry.registry().uploadFaults().hold();
    push = Child.running(store.root(), "push", "app", registry.registry().name() + "/out:v1");
    gate.awaitSomebody(1);
  }

  @AfterEach
  void close() {
    push.close();
    registry.close();
  }

  private void assertPushed() {
    gate.open();
    assertThat(push.exitCode()).as(push.restOfErr()).isZero();
    assertThat(registry.registry().content().findManifest("out", "v1")).isPresent();
    for (Item layer : app.layers()) {
      Digest digest = Digest.parse(layer.digest()).orElseThrow();
      assertThat(registry.registry().content().findBlob("out", digest)).isPresent();
    }
  }

  @Test
  void aDeleteOfTheImageNeitherWaitsNorBreaksThePush() {
    Set<String> all = store.blobs();

    Program.Run delete = program.json("delete", "app", "--wait", "5");

    assertThat(delete.exitCode()).as(delete.out()).isZero();
    assertThat(delete.freed()).isEmpty();
    assertThat(AfterTransfers.names(store.root())).containsExactly("base");
    assertThat(store.blobs()).isEqualTo(all);
    assertPushed();
    assertThat(store.blobs()).isEqualTo(rest);
    AfterTransfers.assertCleanAndTrue(store.root());
  }

  @Test
  void whatADeleteLeftToAPushThatDiesIsFreedByTheNextCommand() {
    program.done("delete", "app", "--wait", "5");
    push.kill();
    program.done("ls");
    assertThat(store.blobs()).isEqualTo(rest);
    AfterTransfers.assertCleanAndTrue(store.root());
  }

  @Test
  void anUntaggedImageIsPushedAndStays() {
    Set<String> all = store.blobs();
    store.untagElsewhere("app");
    program.done("prune", "--orphans", "--older-than", "0s", "--wait", "5");
    assertThat(store.blobs()).isEqualTo(all);
    assertPushed();
    program.done("ls");
    assertThat(store.blobs()).isEqualTo(all);
    AfterTransfers.assertCleanAndTrue(store.root());
  }

  @Test
  void whatADeleteLeftAndSomethingNewHoldsStays() {
    program.done("delete", "app", "--wait", "5");
    store.reread().image("new").layer(app.layers().get(3)).tag();
    assertPushed();
    assertThat(store.blobs())
        .hasSize(rest.size() + 3)
        .contains(app.layers().get(3).digest())
        .doesNotContain(app.layers().get(2).digest());
    AfterTransfers.assertCleanAndTrue(store.root());
  }

  @Test
  void aSecondPushOfTheSameGoesOnItsOwn() {
    program.done("push", "app", registry.registry().name() + "/out:v2", "--wait", "5");
    program.done("delete", "app", "base", "--wait", "5");
    assertPushed();
    assertThat(store.blobs()).isEmpty();
    assertThat(List.copyOf(AfterTransfers.names(store.root()))).isEmpty();
    AfterTransfers.assertCleanAndTrue(store.root());
  }
}
