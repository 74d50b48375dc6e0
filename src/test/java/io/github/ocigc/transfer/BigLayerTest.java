package io.github.ocigc.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ocigc.fixture.AtRest;
import io.github.ocigc.fixture.Child;
import io.github.ocigc.fixture.FakeRegistry;
import io.github.ocigc.fixture.Item;
import io.github.ocigc.fixture.LayoutFixture;
import io.github.ocigc.fixture.Offer;
import io.github.ocigc.fixture.RegistryBlob;
import io.github.ocigc.oci.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A layer that is longer than the heap, and than an int can count, in a JVM of 256 MB. */
final class BigLayerTest {
  private static final long BYTES = (2L << 30) + 1;
  private static final Digest ZEROS =
      Digest.parse("sha256:b8030a8ab89280935633d8d991da3d9907c0f12e8b6fc3bfc515f4d440872b6e")
          .orElseThrow();

  @TempDir Path folder;

  private void requireDisk() throws IOException {
    long free = Files.getFileStore(folder).getUsableSpace();
    assertThat(free)
        .as("bytes free below " + folder + " (java.io.tmpdir), of which this test needs 2 GiB")
        .isGreaterThan(BYTES + (256L << 20));
  }

  private static void run(Path store, String... args) {
    try (Child child = Child.working(store, args)) {
      String err = child.restOfErr();
      assertThat(child.exitCode()).as(err).isZero();
    }
  }

  @Test
  void twoGibibytesComeAndGoWithinTwoHundredAndFiftySixMegabytes() throws IOException {
    requireDisk();
    Path store = folder.resolve("store");
    LayoutFixture images = new LayoutFixture(folder.resolve("images"));
    Item layer = new Item(LayoutFixture.LAYER, ZEROS.toString(), BYTES);
    Item image = images.image("big").layer(layer).item();
    try (FakeRegistry registry = FakeRegistry.start()) {
      String reference = new Offer(registry, images).tag("team/big", "v1", image);
      registry.content().addBlob("team/big", ZEROS, RegistryBlob.zeros(BYTES));
      registry.content().withoutMounts();
      registry.content().uploads().discard();

      run(store, "-q", "pull", reference);

      Path file = store.resolve("blobs/sha256/" + ZEROS.encoded());
      assertThat(Files.size(file)).isEqualTo(BYTES);
      AtRest.assertNothingLeft(store);

      run(store, "-q", "push", reference, registry.name() + "/team/copy:v1");

      assertThat(registry.content().findBlob("team/copy", ZEROS))
          .hasValueSatisfying(blob -> assertThat(blob.size()).isEqualTo(BYTES));
      AtRest.assertNothingLeft(store);
      Files.delete(file); // soon: others need the disk
    }
  }
}
