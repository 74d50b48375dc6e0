package io.github.ocigc.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ocigc.fixture.Item;
import io.github.ocigc.fixture.Program.Run;
import io.github.ocigc.fixture.RegistryFaults.Fault;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Connections that drop, and registries that are busy or ill: for a while, or for ever. */
final class BrokenRegistryTest {
  private static final int FOR_EVER = 100;

  @TempDir Path folder;
  private Scene scene;
  private Item large;
  private Item image;
  private String reference;
  private String kept = "";

  @BeforeEach
  void holdOneImageAndOfferALargeOne() {
    scene = new Scene(folder);
    scene.program.done("pull", scene.image("team/before", "v1"));
    large = scene.large(3 * Scene.MIB);
    image = scene.images.image("large").layer(large).layer(scene.images.layer("base")).item();
    reference = scene.offer.tag("team/large", "v1", image);
  }

  @AfterEach
  void nothingIsLeftButWhatIsWorthKeeping() {
    scene.close();
    scene.assertAtRest(kept.isEmpty() ? new String[0] : new String[] {kept});
  }

  private void assertPulledWhole() {
    assertThat(scene.blobs()).isEqualTo(scene.images.blobs());
    assertThat(scene.program.json("check", "--check-bytes").json().path("findings")).isEmpty();
    assertThat(scene.listed()).contains(reference + " " + image.digest());
  }

  @Test
  void aBlobWhoseConnectionDropsGoesOnWhereItWas() {
    scene.registry.blobFaults().dropAfter(Scene.MIB, Scene.MIB);

    scene.program.done("pull", "-j", "1", reference);

    assertPulledWhole();
    assertThat(scene.registry.blobFaults().spent()).isTrue();
    assertThat(scene.registry.requests("GET /v2/team/large/blobs/" + large.digest()))
        .hasSize(3)
        .last()
        .satisfies(request -> assertThat(request.header("Range")).isPresent());
  }

  @Test
  void aBlobThatNeverComesThroughFailsAndTheNextPullGoesOnWithWhatIsHere() {
    scene.registry.blobFaults().dropAfter(2 * Scene.MIB + 500).times(FOR_EVER, new Fault.Drop(0));

    String error = scene.breaks("pull", "-j", "1", reference);

    assertThat(error).contains(large.digest()).contains("Try again later");
    scene.assertAtRest("partial");
    scene.registry.blobFaults().heal();
    scene.registry.requests().clear();
    scene.program.done("pull", reference);
    assertThat(scene.asked(large)).isPositive().isLessThan(large.size() - Scene.MIB);
    assertThat(scene.registry.requests("GET /v2/team/large/blobs/" + large.digest()))
        .singleElement()
        .satisfies(request -> assertThat(request.header("Range")).isPresent());
    scene.assertAtRest();
    assertPulledWhole();
  }

  @Test
  void whatIsNotWorthKeepingOfABrokenBlobIsNotKept() {
    scene.registry.blobFaults().dropAfter(Scene.MIB / 2).times(FOR_EVER, new Fault.Drop(0));

    scene.breaks("pull", "-j", "1", reference);

    scene.assertAtRest();
  }

  @Test
  void otherBytesThanThoseOfThePartThatIsHereAreFetchedAgainFromTheBeginning() {
    byte[] wrong = scene.offer.bytes(large.digest());
    wrong[7] ^= 1;
    scene.offer.instead("team/large", large, wrong);
    scene.registry.blobFaults().dropAfter(2 * Scene.MIB).times(FOR_EVER, new Fault.Drop(0));
    scene.breaks("pull", "-j", "1", reference);
    scene.registry.blobFaults().heal();
    scene.offer.instead("team/large", large, scene.offer.bytes(large.digest()));

    scene.program.done("pull", reference);

    assertPulledWhole();
  }

  @Test
  void aPartialBlobStaysWhileOtherImagesArePulled() {
    scene.registry.blobFaults().dropAfter(2 * Scene.MIB).times(FOR_EVER, new Fault.Drop(0));
    scene.breaks("pull", "-j", "1", reference);
    scene.registry.blobFaults().heal();
    kept = "partial";

    scene.program.done("pull", scene.image("team/small", "v1"));

    scene.assertAtRest("partial");
  }

  @Test
  void aBusyRegistryIsAskedAgainWhenItSays() {
    scene.registry.manifestFaults().busy("1");
    scene.registry.blobFaults().busy("0");
    long start = System.nanoTime();

    Run run = scene.program.text("pull", reference);

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(System.nanoTime() - start).isGreaterThan(900_000_000L);
    assertThat(run.err()).contains("429");
    assertPulledWhole();
  }

  @Test
  void anIllRegistryThatRecoversIsAskedAgain() {
    scene.registry.manifestFaults().fail(2, 500);
    scene.registry.blobFaults().fail(1, 500).fail(1, 503);

    scene.program.done("pull", "-j", "1", reference);

    assertPulledWhole();
    assertThat(scene.registry.manifestFaults().spent()).isTrue();
    assertThat(scene.registry.blobFaults().spent()).isTrue();
  }

  @Test
  void aRegistryThatIsIllForEverIsGivenUp() {
    scene.registry.manifestFaults().fail(FOR_EVER, 500);
    assertThat(scene.breaks("pull", reference)).contains("500").contains("Try again later");
    scene.assertAtRest();
    scene.registry.manifestFaults().heal();
    scene.registry.blobFaults().fail(FOR_EVER, 502);
    assertThat(scene.breaks("pull", reference)).contains("502");
  }

  @Test
  void aRegistryThatIsBusyForEverIsGivenUp() {
    scene.registry.blobFaults().times(FOR_EVER, new Fault.Status(429, Map.of("Retry-After", "0")));

    assertThat(scene.breaks("pull", reference)).contains("429");
  }

  @Test
  void whatCameBeforeTheBreakIsNotFetchedAgain() {
    Item second = scene.large(2 * Scene.MIB);
    String other =
        scene.offer.tag(
            "team/two", "v1", scene.images.image("two").layer(large).layer(second).item());
    scene.registry.blobFaults().next(new Fault.None()).fail(FOR_EVER, 500);
    scene.breaks("pull", "-j", "1", other);
    scene.registry.blobFaults().heal();
    scene.registry.requests().clear();

    scene.program.done("pull", other);

    assertThat(scene.asked(large)).as("the largest came first").isZero();
    assertThat(scene.asked(second)).isEqualTo(second.size());
  }

  @Test
  void nobodyListensThere() {
    String gone = scene.registry.name();
    scene.registry.close();

    String error = scene.breaks("pull", gone + "/team/large:v1");

    assertThat(error).contains(gone).contains("refused");
  }

  @Test
  void aHostThatIsNotThereIsNamed() {
    String error = scene.breaks("pull", "nowhere.invalid/team/large:v1");

    assertThat(error).contains("nowhere.invalid");
  }
}
