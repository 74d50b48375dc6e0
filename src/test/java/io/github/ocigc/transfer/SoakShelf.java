package io.github.ocigc.transfer;

import io.github.ocigc.fixture.Item;
import io.github.ocigc.fixture.LayoutFixture;
import io.github.ocigc.fixture.RegistryFaults;
import io.github.ocigc.fixture.Shelf;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A dozen images that overlap: chains of layers, an index of two platforms, one with a signature,
 * one under two names; some layers come so slowly that a kill finds them half here.
 */
final class SoakShelf implements AutoCloseable {
  private static final int PLAIN = 9;
  private static final int LAYERS = 14;
  private static final int LARGE_BYTES = 2 << 20;

  private final Shelf shelf;
  private final List<String> tags = new ArrayList<>();
  private final List<Item> layers = new ArrayList<>();

  SoakShelf(Path folder, Random random) {
    shelf = new Shelf(folder);
    for (int i = 0; i < LAYERS; i++) {
      layers.add(
          shelf.layer("layer " + i, i % 5 == 0 ? LARGE_BYTES : 1000 + random.nextInt(90_000)));
    }
    for (int i = 0; i < PLAIN; i++) {
      image("plain" + i, random).tag();
      tags.add("plain" + i);
    }
    LayoutFixture layout = shelf.layout();
    Item signed = image("signed", random).tag();
    layout.image("signature").subject(signed).layers(1).item();
    Item other = image("arm", random).item();
    Item multi = layout.platforms(List.of("linux/amd64", "linux/arm64"), List.of(signed, other));
    layout.tag(multi, "multi");
    layout.tag(multi, "multi-again");
    tags.addAll(List.of("signed", "multi", "multi-again"));
    shelf.publish();
    for (int i = 0; i < LAYERS; i += 2) {
      shelf.slow(layers.get(i), i % 5 == 0 ? 8 : 40);
    }
  }

  private LayoutFixture.Image image(String label, Random random) {
    LayoutFixture.Image image = shelf.layout().image(label);
    for (int i = random.nextInt(3); i < LAYERS; i += 1 + random.nextInt(5)) {
      image.layer(layers.get(i));
    }
    return image;
  }

  String anyTag(Random random) {
    return tags.get(random.nextInt(tags.size()));
  }

  String reference(String tag) {
    return shelf.reference(tag);
  }

  /** Where the same images can be imported from. */
  String folder() {
    return shelf.layout().root().toString();
  }

  /** A place to push to. */
  String anyTarget(Random random) {
    return shelf.registry().name() + "/pushed" + random.nextInt(5) + ":v" + random.nextInt(3);
  }

  /** The next download breaks, and some uploads take their time. */
  void trouble(Random random) {
    shelf.registry().blobFaults().dropAfter(random.nextInt(200_000));
    if (shelf.registry().uploadFaults().spent()) {
      shelf.registry().uploadFaults().times(10, new RegistryFaults.Fault.Delay(100));
    }
  }

  @Override
  public void close() {
    shelf.close();
  }
}
