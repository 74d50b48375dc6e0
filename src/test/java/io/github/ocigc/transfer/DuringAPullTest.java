package io.github.ocigc.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ocigc.fixture.Child;
import io.github.ocigc.fixture.Gate;
import io.github.ocigc.fixture.Item;
import io.github.ocigc.fixture.LayoutFixture;
import io.github.ocigc.fixture.Program;
import io.github.ocigc.fixture.Shelf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What others do while a pull of {@code b} waits for its last layer. Its first two layers are in
 * the store already: {@code a} has both, {@code c} has the first.
 */
class DuringAPullTest {
  @TempDir Path folder;
  private Shelf shelf;
  private LayoutFixture store;
  private Program program;
  private final List<Item> shared = new ArrayList<>();
  private LayoutFixture.Image a;
  private LayoutFixture.Image b;
  private Item last;
  private Gate gate;
  private Child pull;

  @BeforeEach
  void pullHalfOfB() {
    shelf = new Shelf(folder.resolve("shelf"));
    shared.addAll(List.of(shelf.layer("first", 30_000), shelf.layer("second", 40_000)));
    a = shelf.layout().image("a").layer(shared.get(0)).layer(shared.get(1));
    a.layer(shelf.layer("only of a", 50_000)).tag();
    shelf.layout().image("c").layer(shared.get(0)).tag();
    b = shelf.layout().image("b").layer(shared.get(0)).layer(shared.get(1));
    last = shelf.layer("only of b", 60_000);
    b.layer(shelf.layer("early of b", 20_000)).layer(last).tag();
    shelf.publish();
    gate = shelf.gate(last, 0);
    store = new LayoutFixture(folder.resolve("store"));
    program = new Program(store.root());
    program.done("pull", shelf.reference("a"), "--name", "a");
    program.done("pull", shelf.reference("c"), "--name", "c");
    pull = pullingB();
    gate.awaitSomebody(1);
    awaitBlob(b.config());
    awaitBlob(b.layers().get(2));
  }

  @AfterEach
  void close() {
    pull.close();
    shelf.close();
  }

  private Child pullingB() {
    return Child.running(store.root(), "pull", shelf.reference("b"), "--name", "b");
  }

  private void awaitBlob(Item item) {
    try {
      for (int i = 0; i < 500 && !Files.exists(store.file(item)); i++) {
        Thread.sleep(10);
      }
      assertThat(store.file(item)).exists();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What has {@code --wait 5} does not wait for the pull, which waits for the gate. */
  private void assertNotWaiting(String... command) {
    Program.Run run = program.json(command);
    assertThat(run.exitCode()).as(String.join(" ", command) + run.out() + run.err()).isZero();
  }

  private void assertBArrives(String... others) {
    gate.open();
    assertThat(pull.exitCode()).as(pull.restOfErr()).isZero();
    List<String> names = new ArrayList<>(List.of(others));
    names.add("b");
    assertThat(AfterTransfers.names(store.root())).containsExactlyInAnyOrderElementsOf(names);
    assertThat(store.blobs()).contains(b.item().digest());
    AfterTransfers.assertCleanAndTrue(store.root());
  }

  private static Set<String> digests(List<Item> items) {
    Set<String> digests = new TreeSet<>();
    items.forEach(item -> digests.add(item.digest()));
    return digests;
  }

  private int leases() {
    return program.sql("SELECT id FROM lease").size();
  }

  @Test
  void aDeleteFreesWhatThePullDoesNotNeedAndThePullIsWhole() {
    Set<String> before = store.blobs();

    Program.Run delete = program.json("delete", "a", "--wait", "5");

    assertThat(delete.exitCode()).as(delete.out()).isZero();
    Set<String> gone = new TreeSet<>(before);
    gone.removeAll(store.blobs());
    assertThat(gone)
        .hasSize(3)
        .contains(a.item().digest(), a.layers().get(2).digest())
        .containsExactlyInAnyOrderElementsOf(delete.freed());
    assertBArrives("c");
    assertThat(shelf.fetches(shared.get(0)) + shelf.fetches(shared.get(1))).isEqualTo(2);
  }

  @Test
  void whatADeleteLeftToAPullThatDiesIsFreedByTheNextCommand() {
    program.done("delete", "a", "--wait", "5");
    Set<String> expected = new TreeSet<>(store.blobs());
    assertThat(expected).containsAll(digests(shared));

    pull.kill();
    program.done("ls");

    expected.remove(shared.get(1).digest()); // the first is c's as well
    assertThat(store.blobs()).isEqualTo(expected).contains(b.layers().get(2).digest());
    AfterTransfers.assertCleanAndTrue(store.root());
  }

  /** Since then it has been another tool's to free. */
  @Test
  void whatADeleteLeftToAPullStaysIfAnotherToolHasNamedItAndDroppedIt() {
    program.done("delete", "a", "--wait", "5");
    store.reread().image("others").layer(shared.get(1)).layers(1).tag();
    program.done("ls");
    store.untagElsewhere("others");
    program.done("ls");

    pull.kill();
    program.done("ls");

    assertThat(store.blobs()).contains(shared.get(1).digest());
    assertThat(program.json("prune", "--older-than", "0s").freed())
        .contains(shared.get(1).digest());
    AfterTransfers.assertCleanAndTrue(store.root());
  }

  @Test
  void whatAPullOfADamagedImageBroughtGoesAgain() throws Exception {
    program.done("delete", "a", "--wait", "5");
    shelf.registry().content().addBlob(Shelf.REPOSITORY, digest(last), wrong());
    gate.open();
    pull.kill();
    pull = pullingB();

    assertThat(pull.exitCode()).isEqualTo(4);

    assertThat(AfterTransfers.names(store.root())).containsExactly("c");
    assertThat(store.blobs()).doesNotContain(shared.get(1).digest());
    program.done("ls");
    AfterTransfers.assertCleanAndTrue(store.root());
  }

  private static io.github.ocigc.oci.Digest digest(Item item) {
    return io.github.ocigc.oci.Digest.parse(item.digest()).orElseThrow();
  }

  private static io.github.ocigc.fixture.RegistryBlob wrong() {
    return io.github.ocigc.fixture.RegistryBlob.of(new byte[60_000]);
  }

  @Test
  void aDeleteOfAllThatSharesFreesNothingOfThePull() {
    program.done("delete", "a", "c", "--wait", "5");
    assertThat(store.blobs()).containsAll(digests(shared));
    assertBArrives();
  }

  @Test
  void aPruneOfEverythingUnheldRemovesNothingOfThePull() {
    Set<String> before = store.blobs();
    program.done("prune", "--orphans", "--older-than", "0s", "--wait", "5");
    assertThat(store.blobs()).isEqualTo(before);
    assertBArrives("a", "c");
  }

  @Test
  void aReconcileKnowsOfThePull() {
    program.done("reconcile", "--wait", "5");
    assertThat(leases()).isEqualTo(1);
    program.done("delete", "a", "--wait", "5");
    program.done("prune", "--orphans", "--older-than", "0s", "--wait", "5");
    assertThat(store.blobs()).containsAll(digests(b.layers().subList(0, 3)));
    assertBArrives("c");
  }

  @Test
  void aLostLedgerForgetsNoPull() throws IOException {
    Files.delete(store.root().resolve(".ocigc/ledger.mv.db"));
    program.done("ls", "--wait", "5");
    assertThat(leases()).isEqualTo(1);
    program.done("delete", "a", "--wait", "5");
    program.done("prune", "--orphans", "--older-than", "0s", "--wait", "5");
    assertThat(store.blobs()).containsAll(digests(b.layers().subList(0, 3)));
    assertBArrives("c");
  }

  @Test
  void otherCommandsDoNotWait() {
    assertNotWaiting("tag", "a", "again", "--wait", "5");
    assertNotWaiting("untag", "a", "--wait", "5");
    assertNotWaiting("tag", "--move", "c", "again", "--wait", "5");
    assertNotWaiting("check", "--wait", "5");
    assertNotWaiting("du", "--wait", "5");
    assertNotWaiting("tree", "c", "--wait", "5");
    assertNotWaiting("why", shared.get(1).digest(), "--wait", "5");
    assertBArrives("again", "c", ""); // untagging has made a an untagged root
  }

  private Program lettingTheBlobArriveAt(String... moments) {
    return new Program(
        store.root(),
        step -> {
          if (List.of(moments).contains(step)) {
            gate.open();
            awaitBlob(last);
          }
        });
  }

  @Test
  void aBlobThatArrivesWhileACheckLooksIsNoFinding() {
    Program checking = lettingTheBlobArriveAt("caught-up");
    Program.Run check = checking.json("check");
    assertThat(check.exitCode()).as(check.out()).isZero();
    assertBArrives("a", "c");
  }

  @Test
  void aBlobThatArrivesDuringAReconcileIsNoFinding() {
    Program reconciling = lettingTheBlobArriveAt("caught-up", "ledger-begun");
    Program.Run reconcile = reconciling.json("reconcile");
    assertThat(reconcile.exitCode()).as(reconcile.out()).isZero();
    assertBArrives("a", "c");
  }

  @Test
  void aLeaseIsAReasonThatIsShown() {
    program.done("delete", "a", "--wait", "5");
    Program.Run why = program.json("why", shared.get(1).digest());
    assertThat(why.json().path("ref_count").asInt()).isEqualTo(1);
    assertThat(why.json().path("holders")).as(why.out()).hasSize(1);
    assertThat(program.text("why", shared.get(1).digest()).out()).contains("pull b");
  }

  @Test
  void anotherToolsNewNameSurvives() {
    store.reread().image("others").layer(shared.get(1)).layers(1).tag();
    assertBArrives("a", "c", "others");
  }

  @Test
  void whatAnotherToolUntagsStays() {
    store.untagElsewhere("a");
    assertBArrives("c");
    assertThat(store.blobs()).contains(a.item().digest());
  }

  @Test
  void whatAnotherToolRemovesOfThePullIsFetched() {
    store.untagElsewhere("a").remove(shared.get(1));
    assertBArrives("c");
    assertThat(shelf.fetches(shared.get(1))).isEqualTo(2);
    assertThat(store.blobs()).containsAll(digests(b.layers()));
  }
}
