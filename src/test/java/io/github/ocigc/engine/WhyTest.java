package io.github.ocigc.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ocigc.fixture.Item;
import io.github.ocigc.fixture.LayoutFixture;
import io.github.ocigc.fixture.Program;
import io.github.ocigc.oci.Digest;
import io.github.ocigc.oci.RootKey;
import io.github.ocigc.store.Store;
import io.github.ocigc.store.StoreLock;
import io.github.ocigc.store.Transfer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What keeps a layer of very many images, for somebody to whom a few of them are enough. */
final class WhyTest {
  private static final int NAMED = 30;

  @TempDir Path folder;
  private LayoutFixture layout;
  private Item base;

  @BeforeEach
  void imagesThatShareALayer() {
    layout = new LayoutFixture(folder.resolve("store"));
    base = layout.layer("base");
    for (int i = 0; i < NAMED; i++) {
      layout.image("image-" + i).layer(base).layers(1).tag();
    }
    new Program(layout.root()).done("reconcile");
  }

  private OpenStore open() {
    return OpenStore.open(layout.root(), "test", OpenStore.Access.WRITE, Options.DEFAULT);
  }

  private static List<String> names(Ways ways) {
    return ways.roots().stream().map(RootKey::toString).sorted().toList();
  }

  private static String[] images() {
    return IntStream.range(0, NAMED).mapToObj(i -> "image-" + i).sorted().toArray(String[]::new);
  }

  @Test
  void someAreFoundWhereThatIsEnough() {
    try (OpenStore open = open()) {
      Ways ways = new Why(open).run(base.digest(), 25).ways();
      assertThat(ways.all()).isFalse();
      assertThat(ways.count()).isBetween(12, 25);
      assertThat(names(ways)).doesNotHaveDuplicates().isSubsetOf(images());
      assertThat(ways.first(100))
          .hasSize(ways.count())
          .allSatisfy(
              way ->
                  assertThat(way.steps())
                      .singleElement()
                      .satisfies(
                          step -> assertThat(step.content().digest()).hasToString(base.digest())));
    }
  }

  @Test
  void allAreFoundWhereThereAreNoMore() {
    try (OpenStore open = open()) {
      Ways ways = new Why(open).run(base.digest(), 100).ways();
      assertThat(ways.all()).isTrue();
      assertThat(names(ways)).containsExactly(images());
    }
  }

  @Test
  void thatVeryManyLeadToTheSameFewIsFoundOut() {
    Item platform = layout.layer("of all platforms");
    Item[] children = new Item[40];
    for (int i = 0; i < children.length; i++) {
      children[i] = layout.image("platform-" + i).layer(platform).item();
    }
    layout.tag(layout.index(children), "of-platforms");
    layout.image("of-one").layer(platform).tag();
    try (OpenStore open = open()) {
      Ways ways = new Why(open).run(platform.digest(), 10).ways();
      assertThat(ways.all()).isTrue();
      assertThat(names(ways)).containsExactly("of-one", "of-platforms");
    }
  }

  @Test
  void aTransferThatHoldsWhatIsAboveIsFound() {
    Item unnamed = layout.image("unnamed").layer(base).item();
    Store store = Store.open(layout.root(), Store.DEFAULT_MANIFEST_LIMIT_BYTES);
    Transfer transfer;
    try (StoreLock lock = StoreLock.take(store.paths(), "test", Duration.ofSeconds(9), h -> {})) {
      transfer = store.transfers().begin("a test's transfer");
      transfer.hold(List.of(Digest.parse(unnamed.digest()).orElseThrow()));
    }
    try (OpenStore open = open()) {
      assertThat(new Why(open).run(base.digest(), 25).users()).hasSize(1);
    } finally {
      transfer.close();
    }
  }
}
