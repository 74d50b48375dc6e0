package io.github.ocigc.random;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ocigc.engine.Delete;
import io.github.ocigc.engine.DeleteOptions;
import io.github.ocigc.engine.OpenStore;
import io.github.ocigc.engine.Options;
import io.github.ocigc.fixture.Item;
import io.github.ocigc.fixture.LayoutFixture;
import io.github.ocigc.fixture.SecondOpinion;
import io.github.ocigc.fixture.Trees;
import io.github.ocigc.ledger.RootUsage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store of the kind that regclient writes: full of loops, and all of it goes in any order. */
final class LoopingStoreTest {
  private static final int ORDERS = Integer.getInteger("ocigc.graphs", 200);

  @TempDir Path folder;

  @Test
  void everyOrderOfDeletesLeavesWhatIsReachableAndInTheEndTheUntaggedRoot() throws Exception {
    LayoutFixture layout = new LayoutFixture(folder.resolve("model"));
    Set<String> remaining = Set.copyOf(fill(layout));
    IntStream.range(0, ORDERS).parallel().forEach(order -> inOrder(layout, order, remaining));
  }

  /** Returns what the one untagged strong root reaches. */
  private static List<String> fill(LayoutFixture layout) {
    Item shared = layout.layer("shared");
    Item amd64 = layout.image("amd64").layer(shared).layer(shared).layers(1).item();
    Item arm64 = layout.image("arm64").layer(shared).layers(1).item();
    Item multi = layout.index(amd64, arm64);
    layout.tag(multi, "v1").tag(multi, "v2").tag(amd64, "amd64");
    Item signature = layout.image("signature").layers(1).subject(multi).item();
    layout.tag(layout.index(signature), fallback(multi));
    Item countersigned = layout.image("countersigned").layers(1).subject(signature).untagged();
    layout.tag(layout.index(countersigned), fallback(signature));
    layout.tag(layout.image("cosign").layer(shared).item(), fallback(arm64) + ".sig");
    Item itself = layout.image("itself").layers(2).item();
    layout.tag(itself, fallback(itself)).tag(itself, fallback(itself) + ".meta");
    Item childAndSubject = layout.image("child and subject").layer(shared).item();
    layout.tag(layout.referringIndex(childAndSubject, childAndSubject), "loop");
    layout.tag(layout.index(layout.index(layout.index(childAndSubject), multi)), "nested");
    layout.tag(inline(layout), "inline");
    layout.image("attestation").layers(1).subject(childAndSubject).untagged();
    Item lost = layout.image("lost").item();
    layout.remove(lost);
    layout.tag(layout.index(arm64, lost), "sparse");
    LayoutFixture.Image base = layout.image("untagged").layers(1).layer(shared);
    layout.image("derived").sharing(base).layers(1).tag();
    base.untagged();
    List<String> remaining = new ArrayList<>(base.layers().stream().map(Item::digest).toList());
    remaining.add(base.item().digest());
    return remaining;
  }

  private static String fallback(Item subject) {
    return subject.digest().replace(':', '-');
  }

  private static Item inline(LayoutFixture layout) {
    byte[] empty = "{}".getBytes(StandardCharsets.UTF_8);
    Item config = layout.blob("application/vnd.oci.empty.v1+json", empty);
    ObjectNode manifest = JsonNodeFactory.instance.objectNode();
    manifest.put("schemaVersion", 2).put("mediaType", LayoutFixture.MANIFEST);
    manifest.set("config", config.descriptor().put("data", "e30="));
    manifest.putArray("layers").add(config.descriptor().put("data", "e30="));
    return layout.json(LayoutFixture.MANIFEST, manifest);
  }

  private void inOrder(LayoutFixture model, int order, Set<String> remaining) {
    try {
      Path root = folder.resolve("order" + order).resolve("store");
      Trees.copy(model.root(), root);
      deleteAll(root, new Random(order), remaining);
      Trees.remove(folder.resolve("order" + order));
    } catch (Exception | AssertionError e) {
      throw new AssertionError("order " + order, e);
    }
  }

  private static void deleteAll(Path root, Random random, Set<String> remaining) {
    try (OpenStore open = OpenStore.open(root, "test", OpenStore.Access.WRITE, Options.DEFAULT)) {
      List<String> names =
          new ArrayList<>(
              open.ledger().view().usages().stream()
                  .filter(tag -> tag.key().tagged())
                  .map(tag -> tag.key().name())
                  .toList());
      Collections.shuffle(names, random);
      for (String name : names) {
        if (!open.ledger().view().rootsNamed(name).isEmpty()) {
          delete(open, root, name);
        }
      }
      List<RootUsage> left = open.ledger().view().usages();
      assertThat(left).hasSize(1);
      assertThat(left.get(0).key().tagged()).isFalse();
      assertThat(LayoutFixture.blobs(root))
          .as("with its config, and the config that the lost manifest left behind")
          .containsAll(remaining)
          .hasSize(remaining.size() + 2);
    }
  }

  private static void delete(OpenStore open, Path root, String name) {
    try (SecondOpinion opinion = SecondOpinion.before(root)) {
      new Delete(open).run(List.of(name), DeleteOptions.PLAIN);
      opinion.assertExact();
      assertThat(open.ledger().view().select("SELECT * FROM count_drift").rows()).isEmpty();
    }
  }
}
