package io.github.ocigc.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.ocigc.fixture.IndependentMark;
import io.github.ocigc.fixture.Item;
import io.github.ocigc.oci.Digest;
import io.github.ocigc.oci.Platform;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Signatures and SBOMs that a registry lists by the API come along, and go with their image. */
final class PullReferrersTest {
  private static final String PLACE = "team/app";

  @TempDir Path folder;
  private Scene scene;
  private Item image;
  private String reference;

  @BeforeEach
  void offerAnImage() {
    scene = new Scene(folder);
    scene.registry.content().withReferrers(2);
    scene.program.done("pull", scene.image("team/before", "v1"));
    image = scene.built("app");
    reference = scene.offer.tag(PLACE, "v1", image);
  }

  @AfterEach
  void nothingIsLeft() {
    scene.close();
    scene.assertAtRest();
    assertThat(scene.program.json("check").exitCode()).isZero();
    assertThat(scene.blobs()).isEqualTo(IndependentMark.reachable(scene.store));
  }

  private Item about(Item subject, String label) {
    Item item = scene.images.image(label).layers(1).subject(subject).item();
    scene.offer.untagged(PLACE, item);
    return item;
  }

  private void list(Item subject, Item... referrers) {
    scene
        .registry
        .content()
        .addReferrers(
            PLACE,
            Digest.parse(subject.digest()).orElseThrow(),
            Arrays.stream(referrers).map(item -> item.descriptor().toString()).toList());
  }

  @Test
  void allPagesComeAndWhatSpeaksOfThemToo() {
    Item one = about(image, "one");
    Item two = about(image, "two");
    Item three = about(image, "three");
    Item ofThree = about(three, "of three");
    list(image, one, two, three);
    list(three, ofThree);

    JsonNode report = scene.program.done("pull", "--referrers", reference);

    assertThat(report.path("referrers").asInt()).isEqualTo(4);
    assertThat(scene.blobs())
        .contains(one.digest(), two.digest(), three.digest(), ofThree.digest());
    assertThat(scene.program.findings()).isEmpty();
    scene.program.assertEqualsRebuilt();
    scene.program.done("delete", reference);
    assertThat(scene.program.done("ls")).hasSize(1);
    assertThat(scene.blobs()).as("team/before").hasSize(4);
  }

  @Test
  void referrersOfAnIndexAndOfThePlatformThatWasPulledCome() {
    Item index =
        scene.images.platforms(List.of(Platform.ofThisMachine().toString()), List.of(image));
    String many = scene.offer.tag(PLACE, "many", index);
    Item ofIndex = about(index, "of the index");
    Item ofImage = about(image, "of the image");
    list(index, ofIndex);
    list(image, ofImage);

    scene.program.done("pull", "--referrers", many);

    assertThat(scene.blobs()).contains(ofIndex.digest(), ofImage.digest());
    scene.program.done("delete", many);
    assertThat(scene.blobs()).as("team/before").hasSize(4);
  }

  @Test
  void aListedReferrerThatIsNotThereIsNotFound() {
    Item lost = scene.images.image("lost").layers(1).subject(image).item();
    list(image, lost);

    assertThat(scene.refuses(3, "pull", "--referrers", reference)).contains(lost.digest());
  }

  @Test
  void aListedReferrerOfWrongBytesIsRefused() {
    Item wrong = about(image, "wrong");
    scene
        .registry
        .content()
        .addManifest(PLACE, wrong.digest(), wrong.mediaType(), new byte[] {'{', '}'});
    list(image, wrong);

    assertThat(scene.refuses(4, "pull", "--referrers", reference)).contains(wrong.digest());
  }

  @Test
  void whatIsListedAndSpeaksOfSomethingElseDoesNotOutliveTheImage() {
    Item stranger = scene.images.image("stranger").layers(1).item();
    scene.offer.untagged(PLACE, stranger);
    list(image, stranger);
    scene.program.json("pull", "--referrers", reference);

    scene.program.done("delete", reference);

    assertThat(scene.blobs()).doesNotContain(stranger.digest());
  }

  @Test
  void referrersThatSpeakOfEachOtherComeToAnEnd() {
    Item one = about(image, "one");
    Item two = about(one, "two");
    list(image, one, one, two);
    list(one, two, image);
    list(two, one, two);

    scene.program.done("pull", "--referrers", reference);

    assertThat(scene.blobs()).contains(one.digest(), two.digest());
    scene.program.done("delete", reference);
    assertThat(scene.blobs()).as("team/before").hasSize(4);
  }

  @Test
  void theNameOfARegistrysFallbackTagIsNoImageOfItsOwn() {
    Item signature = scene.images.image("cosign").layers(1).item();
    String tag = image.digest().replace(':', '-') + ".sig";
    scene.offer.tag(PLACE, tag, signature);

    JsonNode report = scene.program.done("pull", "--referrers", reference);

    assertThat(report.path("referrers").asInt()).isEqualTo(1);
    scene.program.done("delete", reference);
    assertThat(scene.blobs()).doesNotContain(signature.digest()).hasSize(4);
  }
}
