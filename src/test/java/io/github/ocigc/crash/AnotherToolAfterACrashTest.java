package io.github.ocigc.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ocigc.fixture.Child;
import io.github.ocigc.fixture.IndependentMark;
import io.github.ocigc.fixture.Item;
import io.github.ocigc.fixture.KraftFixture;
import io.github.ocigc.fixture.LayoutFixture;
import io.github.ocigc.fixture.Program;
import io.github.ocigc.fixture.Rest;
import io.github.ocigc.fixture.StoreFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A delete dies, another tool uses again what was condemned, and only then comes the next run. Dies
 * at every second step, the odd and the even ones in turn from one change to the next, or at each
 * with {@code -Docigc.everyway=true}.
 */
class AnotherToolAfterACrashTest {
  private static final int ODD = 1;
  private static final int EVEN = 2;

  @TempDir Path folder;

  /** What the other tool does. */
  private interface Change {
    void apply(LayoutFixture store, LayoutFixture.Image app, Item manifest);
  }

  @Test
  void theDeletedTagComesBack() {
    atEverySecondStep(
        ODD,
        (store, app, manifest) -> {
          if (!StoreFiles.names(store.root()).contains("app")) {
            store.reread().tag(manifest, "app");
          }
        });
  }

  @Test
  void theDeletedImageComesBackUnderAnotherName() {
    atEverySecondStep(EVEN, (store, app, manifest) -> store.reread().tag(manifest, "app-again"));
  }

  @Test
  void theDeletedImageComesBackWithoutAName() {
    atEverySecondStep(ODD, (store, app, manifest) -> store.reread().untagged(manifest));
  }

  @Test
  void aNewImageSharesWhatIsLeftOfTheLayers() {
    atEverySecondStep(
        EVEN,
        (store, app, manifest) -> {
          LayoutFixture.Image other = store.reread().image("other").layers(1);
          app.layers().stream()
              .filter(layer -> Files.exists(store.file(layer)))
              .forEach(other::layer);
          other.tag();
        });
  }

  @Test
  void anIndexNamesTheDeletedManifest() {
    atEverySecondStep(
        ODD,
        (store, app, manifest) ->
            store
                .reread()
                .tag(store.platforms(List.of("linux/amd64"), List.of(manifest)), "index-of-app"));
  }

  @Test
  void aReferrerOfTheDeletedManifestArrives() {
    atEverySecondStep(
        EVEN,
        (store, app, manifest) ->
            store.reread().image("sbom").layer(app.layers().get(2)).subject(manifest).untagged());
  }

  /** As when it copies an image: first the blobs that are not here, and the name at last. */
  @Test
  void whatItBringsAnewStaysUntilItIsNamed() throws IOException {
    int deaths = 0;
    boolean died = true;
    for (int step = 1; died; step++) {
      LayoutFixture store = new LayoutFixture(folder.resolve("step-" + step));
      store.image("app").layers(2).tag();
      store.image("other").layers(1).tag();
      Map<String, byte[]> missing = store.contents();
      new Program(store.root()).done("ls");
      try (Child child = Child.dyingAt(step, store.root(), "delete", "app")) {
        died = child.exitCode() == Child.KILLED;
      }
      missing.keySet().removeAll(store.blobs());
      for (Map.Entry<String, byte[]> blob : missing.entrySet()) {
        Files.write(store.file(blob.getKey()), blob.getValue());
      }
      deaths += died && !missing.isEmpty() ? 1 : 0;

      List.of("ls", "du").forEach(verb -> new Program(store.root()).done(verb));

      assertThat(store.blobs()).as("step " + step).containsAll(missing.keySet());
      Rest.assertTidy(store.root());
      assertThat(new Program(store.root()).json("reconcile").json().path("changes").asInt(-1))
          .as("rows that were not what the disk says, step " + step)
          .isZero();
    }
    assertThat(deaths).as("deaths after something was unlinked").isPositive();
  }

  private void atEverySecondStep(int first, Change change) {
    boolean each = Boolean.getBoolean("ocigc.everyway");
    boolean died = true;
    for (int step = each ? 1 : first; died; step += each ? 1 : 2) {
      LayoutFixture store = new LayoutFixture(folder.resolve("step-" + step));
      LayoutFixture.Image base = store.image("base").layers(1);
      base.tag();
      LayoutFixture.Image app = store.image("app").sharing(base).layers(2);
      Item manifest = app.tag();
      new Program(store.root()).done("ls");
      try (Child child = Child.dyingAt(step, store.root(), "delete", "app")) {
        died = child.exitCode() == Child.KILLED;
      }
      change.apply(store, app, manifest);
      Set<String> reachable = IndependentMark.reachable(store.root());

      new Program(store.root()).done("ls");

      assertThat(store.blobs()).as("step " + step).containsAll(reachable);
      Rest.assertTidy(store.root());
      assertThat(new Program(store.root()).json("reconcile").json().path("changes").asInt(-1))
          .as("rows that were not what the disk says, step " + step)
          .isZero();
      List.of("ls", "du").forEach(verb -> new Program(store.root()).done(verb));
      assertThat(store.blobs()).as("step " + step).containsAll(reachable);
    }
  }

  @Test
  void aKraftKitLinkComesBack() {
    boolean died = true;
    for (int step = 1; died; step++) {
      KraftFixture store = new KraftFixture(folder.resolve("step-" + step));
      Item kernel = store.layer("kernel");
      Item app = store.manifest("app", kernel, store.layer("rootfs"));
      Item other = store.manifest("other", kernel);
      Item index = store.index("app:1", Map.of("qemu/x86_64", app));
      store.tag(index, "app:1");
      store.tag(store.index("other:1", Map.of("qemu/x86_64", other)), "other:1");
      new Program(store.root()).done("ls");
      try (Child child = Child.dyingAt(step, store.root(), "delete", "app:1")) {
        died = child.exitCode() == Child.KILLED;
      }
      store.tag(index, "app:1");
      Set<String> before = store.blobs();

      new Program(store.root()).done("ls");

      if (before.contains(index.digest())) {
        assertThat(store.blobs()).as("step " + step).isEqualTo(before);
      } else {
        assertThat(Files.exists(store.file(kernel))).isTrue();
      }
      Rest.assertTidy(store.root());
    }
  }
}
