package io.github.ocigc.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.ocigc.fixture.IndependentMark;
import io.github.ocigc.fixture.Item;
import io.github.ocigc.fixture.LayoutFixture;
import io.github.ocigc.oci.Platform;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An index of several platforms: what of it comes, and what comes later. */
final class PlatformTest {
  private static final String HERE = Platform.ofThisMachine().toString();

  @TempDir Path folder;
  private Scene scene;
  private Item here;
  private Item riscv;
  private Item sparc;
  private Item index;
  private String reference;

  @BeforeEach
  void offerAnIndexOfThreePlatforms() {
    scene = new Scene(folder);
    here = scene.built("here");
    riscv = scene.built("riscv");
    sparc = scene.built("sparc");
    index =
        scene.images.platforms(
            List.of("linux/riscv64", HERE, "linux/sparc64"), List.of(riscv, here, sparc));
    reference = scene.offer.tag("team/many", "v1", index);
  }

  @AfterEach
  void nothingIsLeft() {
    scene.close();
    scene.assertAtRest();
    assertThat(scene.program.json("check").exitCode()).isZero();
    assertThat(scene.blobs()).isEqualTo(IndependentMark.reachable(scene.store));
  }

  private JsonNode pull(String... options) {
    String[] args = new String[options.length + 2];
    args[0] = "pull";
    System.arraycopy(options, 0, args, 1, options.length);
    args[args.length - 1] = reference;
    return scene.program.done(args);
  }

  private void assertHas(Item... wanted) {
    Set<String> there = new TreeSet<>();
    for (Item item : List.of(here, riscv, sparc)) {
      if (scene.blobs().contains(item.digest())) {
        there.add(item.digest());
      }
    }
    Set<String> digests = new TreeSet<>();
    for (Item item : wanted) {
      digests.add(item.digest());
    }
    assertThat(there).isEqualTo(digests);
    assertThat(scene.blobs()).contains(index.digest()).hasSize(2 + 3 * wanted.length);
  }

  @Test
  void ofAnIndexComesThePlatformOfThisMachine() {
    JsonNode report = pull();

    assertHas(here);
    assertThat(report.path("digest").asText()).as("the original index").isEqualTo(index.digest());
    assertThat(scene.program.findings())
        .as("the others are absent")
        .containsExactly("absent_content", "absent_content");
  }

  @Test
  void severalPlatformsCanBeAskedFor() {
    pull("--platform", "linux/sparc64", "--platform", "linux/riscv64");

    assertHas(riscv, sparc);
  }

  @Test
  void allPlatformsCanBeAskedFor() {
    pull("--all-platforms");

    assertHas(here, riscv, sparc);
    assertThat(scene.program.findings()).isEmpty();
  }

  @Test
  void aPlatformThatIsNotThereIsNotFoundAndThoseThatAreAreListed() {
    scene.program.done("pull", scene.image("team/before", "v1"));

    String error = scene.refuses(3, "pull", "--platform", "linux/mips", reference);

    assertThat(error).contains("linux/riscv64", "linux/sparc64", HERE, "linux/mips");
  }

  @Test
  void aSecondPlatformOfTheSameTagComesBesideTheFirst() {
    pull();
    JsonNode report = pull("--platform", "linux/riscv64");

    assertHas(here, riscv);
    assertThat(report.path("downloaded_blobs").asInt()).isEqualTo(3);
    assertThat(report.path("reused_blobs").asInt()).as("index and base").isEqualTo(2);
    assertThat(report.path("replaced").isNull()).isTrue();
    scene.program.assertEqualsRebuilt();
  }

  @Test
  void theFirstPlatformIsStillCountedAfterTheSecondCame() {
    pull();
    pull("--platform", "linux/riscv64");
    long total = scene.program.done("ls").get(0).path("size_bytes").asLong();

    JsonNode deleted = scene.program.done("delete", reference);

    assertThat(deleted.path("freed_bytes").asLong()).isEqualTo(total);
    assertThat(scene.blobs()).isEmpty();
  }

  @Test
  void anIndexBelowAnIndexIsAskedInItsTurn() {
    Item nested = scene.images.index(index);
    String outer = scene.offer.tag("team/nested", "v1", nested);

    scene.program.done("pull", outer);

    assertThat(scene.blobs())
        .contains(nested.digest(), index.digest(), here.digest())
        .doesNotContain(riscv.digest(), sparc.digest());
  }

  @Test
  void aDockerManifestListIsAnIndexToo() {
    String dockerList = "application/vnd.docker.distribution.manifest.list.v2+json";
    String dockerImage = "application/vnd.docker.distribution.manifest.v2+json";
    Item image = scene.images.image("docker").layers(1).mediaType(dockerImage).item();
    var document = scene.images.platforms(List.of(HERE), List.of(image));
    String text = new String(scene.offer.bytes(document.digest()));
    Item list =
        scene.images.blob(dockerList, text.replace(LayoutFixture.INDEX, dockerList).getBytes());
    String docker = scene.offer.tag("team/docker", "v1", list);

    scene.program.done("pull", docker);

    assertThat(scene.blobs()).contains(list.digest(), image.digest());
    assertThat(scene.program.done("ls").get(0).path("media_type").asText()).isEqualTo(dockerList);
    assertThat(scene.program.findings()).isEmpty();
  }

  @Test
  void aPlatformOfAPlainImageIsNotAskedFor() {
    String plain = scene.image("team/plain", "v1");

    scene.program.done("pull", "--platform", "linux/mips", plain);

    assertThat(scene.listed()).contains(plain);
  }
}
