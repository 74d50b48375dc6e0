package io.github.ocigc.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ocigc.fixture.Item;
import io.github.ocigc.fixture.RegistryFaults.Fault;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A registry that lies about what it sends: nothing of it gets into the store. */
final class WrongBytesTest {
  @TempDir Path folder;
  private Scene scene;
  private Item layer;
  private Item image;
  private String reference;

  @BeforeEach
  void holdOneImageAndOfferAnother() {
    scene = new Scene(folder);
    scene.program.done("pull", scene.image("team/before", "v1"));
    layer = scene.large(40_000);
    image = scene.images.image("app").layer(layer).layer(scene.images.layer("base")).item();
    reference = scene.offer.tag("team/app", "v1", image);
  }

  @AfterEach
  void nothingIsLeft() {
    scene.close();
    scene.assertAtRest();
  }

  private byte[] changed(String digest) {
    byte[] bytes = scene.offer.bytes(digest);
    bytes[bytes.length / 2] ^= 1;
    return bytes;
  }

  @Test
  void aLayerOfWrongBytesIsRefused() {
    scene.offer.instead("team/app", layer, changed(layer.digest()));

    String error = scene.refuses(4, "pull", reference);

    assertThat(error).contains(layer.digest());
    assertThat(scene.blobs()).doesNotContain(layer.digest());
  }

  @Test
  void aLargeLayerOfWrongBytesLeavesNoPartialOne() {
    Item large = scene.large(3 * Scene.MIB);
    String other =
        scene.offer.tag("team/large", "v1", scene.images.image("large").layer(large).item());
    scene.offer.instead("team/large", large, changed(large.digest()));

    scene.refuses(4, "pull", other);
  }

  @Test
  void aConfigOfWrongBytesIsRefused() {
    String config =
        scene.images.blobs().stream()
            .filter(digest -> new String(scene.offer.bytes(digest)).contains("\"label\":\"app\""))
            .findFirst()
            .orElseThrow();
    Item item = new Item("", config, scene.offer.bytes(config).length);
    scene.offer.instead("team/app", item, changed(config));

    assertThat(scene.refuses(4, "pull", reference)).contains(config);
  }

  @Test
  void aManifestOfWrongBytesThatWasAskedForByItsDigestIsRefused() {
    String byDigest = scene.registry.name() + "/team/app@" + image.digest();
    scene
        .registry
        .content()
        .addManifest("team/app", image.digest(), image.mediaType(), changed(image.digest()));

    assertThat(scene.refuses(4, "pull", byDigest)).contains(image.digest());
  }

  @Test
  void aManifestWhoseDigestTheRegistryStatesFalselyIsRefused() {
    scene.registry.manifestFaults().next(new Fault.Corrupt());

    String error = scene.refuses(4, "pull", reference);

    assertThat(error).contains(image.digest()).contains("v1");
  }

  @Test
  void aChildOfAnIndexWithWrongBytesIsRefused() {
    String index = scene.offer.tag("team/index", "v1", scene.images.index(image));
    scene
        .registry
        .content()
        .addManifest("team/index", image.digest(), image.mediaType(), changed(image.digest()));

    assertThat(scene.refuses(4, "pull", index)).contains(image.digest());
  }

  @Test
  void aRegistryThatAnnouncesFewerBytesThanItShouldIsNotBelieved() {
    scene.registry.blobFaults().times(20, new Fault.Announce(-100));

    assertThat(scene.breaks("pull", "-j", "1", reference)).contains("length");
  }

  @Test
  void aRegistryThatAnnouncesAndSendsMoreBytesThanItShouldIsNotBelieved() {
    scene.registry.blobFaults().times(20, new Fault.Announce(100));

    assertThat(scene.breaks("pull", "-j", "1", reference)).contains("length");
  }

  @Test
  void aRegistryThatSendsMoreThanTheManifestSaysIsStopped() {
    scene.registry.blobFaults().times(20, new Fault.TooMuch(100));

    assertThat(scene.breaks("pull", "-j", "1", reference)).contains("sends more bytes");
  }

  @Test
  void aLayerThatTheRegistryHasNotIsNotFound() {
    Item lost = scene.images.layer("lost");
    Item broken = scene.images.image("broken").layer(layer).layer(lost).item();
    scene.images.remove(lost);
    String other = scene.offer.tag("team/broken", "v1", broken);

    String error = scene.refuses(3, "pull", other);

    assertThat(error).contains(lost.digest());
    assertThat(scene.blobs()).as("what came beside it").doesNotContain(layer.digest());
  }

  @Test
  void aTagThatTheRegistryHasNotIsNotFound() {
    String error = scene.refuses(3, "pull", scene.registry.name() + "/team/app:v2");

    assertThat(error).contains("v2");
  }
}
