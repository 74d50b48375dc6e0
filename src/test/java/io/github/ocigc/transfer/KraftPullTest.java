package io.github.ocigc.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.ocigc.fixture.Item;
import io.github.ocigc.fixture.LayoutFixture;
import io.github.ocigc.fixture.Program.Run;
import io.github.ocigc.fixture.StoreFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a pull leaves in KraftKit's store is what kraft itself would have written. */
final class KraftPullTest {
  private static final String QEMU = "qemu/x86_64";
  private static final String FC = "fc/x86_64";

  @TempDir Path folder;
  private KraftScene scene;
  private Item qemu;
  private Item fc;
  private String reference;

  @BeforeEach
  void offerAPackageForTwoPlatforms() {
    scene = new KraftScene(folder);
    qemu = scene.manifest("nginx qemu", QEMU);
    fc = scene.manifest("nginx fc", FC);
    Item index = scene.images.platforms(List.of(QEMU, FC), List.of(qemu, fc));
    reference = scene.offer.tag("unikraft.org/nginx", "1.25", index);
  }

  @AfterEach
  void nothingIsLeft() {
    scene.close();
    scene.assertAtRest();
    assertThat(scene.program.json("check").exitCode()).isZero();
  }

  @Test
  void theIndexIsWrittenAsKraftWritesItAndHasOnlyThePlatformThatWasPulled() throws IOException {
    scene.program.done("pull", "--platform", QEMU, reference);

    assertThat(Files.readString(scene.indexFile(reference)))
        .isEqualTo(
            """
            {
              "schemaVersion": 2,
              "mediaType": "%s",
              "manifests": [
                {
                  "mediaType": "%s",
                  "digest": "%s",
                  "size": %d,
                  "platform": {
                    "os": "qemu",
                    "architecture": "x86_64"
                  }
                }
              ],
              "annotations": {
                "io.containerd.image.name": "%s",
                "org.opencontainers.image.ref.name": "%s"
              }
            }
            """
                .formatted(
                    LayoutFixture.INDEX,
                    LayoutFixture.MANIFEST,
                    qemu.digest(),
                    qemu.size(),
                    reference,
                    reference.substring(0, reference.lastIndexOf(':'))));
    assertThat(scene.program.findings()).isEmpty();
  }

  @Test
  void theLinkLeadsToTheIndexByAnAbsolutePath() throws IOException {
    JsonNode report = scene.program.done("pull", "--platform", QEMU, reference);

    Path link = scene.store.root().resolve("indexes/" + reference.replace(':', '/'));
    assertThat(Files.isSymbolicLink(link)).isTrue();
    Path target = Files.readSymbolicLink(link);
    assertThat(target).isAbsolute().isRegularFile();
    assertThat(target.toRealPath())
        .isEqualTo(
            scene
                .store
                .root()
                .toRealPath()
                .resolve("digests")
                .resolve(report.path("digest").asText().replace(':', '/')));
  }

  @Test
  void manifestConfigAndLayersAreTheRegistrysBytes() throws IOException {
    scene.program.done("pull", "--platform", QEMU, reference);

    for (String digest : scene.store.blobs()) {
      if (!digest.equals(scene.indexDigest(reference))) {
        assertThat(scene.store.root().resolve("digests/" + digest.replace(':', '/')))
            .hasBinaryContent(scene.offer.bytes(digest));
      }
    }
    assertThat(scene.store.blobs()).as("index, manifest, config, 2 layers").hasSize(5);
  }

  @Test
  void withoutAPlatformQemuOfThisMachineIsMeant() {
    Run run = scene.program.json("pull", reference);

    if (System.getProperty("os.arch").equals("amd64")) {
      assertThat(run.exitCode()).as(run.out()).isZero();
      assertThat(scene.children(reference)).containsExactly(qemu.digest());
    } else {
      assertThat(run.exitCode()).isEqualTo(3);
      assertThat(run.error()).contains(QEMU, FC);
    }
  }

  @Test
  void bothPlatformsAtOnceShareTheKernel() {
    scene.program.done("pull", "--platform", QEMU, "--platform", FC, reference);

    assertThat(scene.children(reference)).containsExactly(qemu.digest(), fc.digest());
    assertThat(scene.store.blobs()).hasSize(8);
    assertThat(scene.program.findings()).isEmpty();
  }

  @Test
  void aPlatformThatIsPulledLaterJoinsTheIndex() {
    scene.program.done("pull", "--platform", FC, reference);
    String first = scene.indexDigest(reference);

    scene.program.done("pull", "--platform", QEMU, reference);

    assertThat(scene.children(reference)).containsExactlyInAnyOrder(qemu.digest(), fc.digest());
    assertThat(scene.program.done("ls")).hasSize(1);
    List<String> orphans =
        scene.program.sql("SELECT digest FROM orphan").findValuesAsText("digest");
    assertThat(orphans).as("but for the index before").isSubsetOf(first);
    scene.program.assertEqualsRebuilt();
  }

  @Test
  void theSamePullAgainChangesNothing() {
    scene.program.done("pull", "--platform", QEMU, "--platform", FC, reference);
    var before = StoreFiles.everything(scene.store.root());

    JsonNode report = scene.program.done("pull", "--platform", FC, reference);

    assertThat(report.path("downloaded_blobs").asInt()).isZero();
    assertThat(StoreFiles.everything(scene.store.root())).isEqualTo(before);
  }

  @Test
  void aDeleteAfterwardsLeavesKraftsOwnFoldersAndNothingInThem() {
    scene.program.done("pull", "--platform", QEMU, reference);

    JsonNode deleted = scene.program.done("delete", reference);

    assertThat(deleted.path("freed_blobs").asInt()).isEqualTo(5);
    assertThat(scene.store.paths()).containsExactly("digests", "digests/sha256", "indexes");
  }

  @Test
  void aSecondPackageKeepsTheKernelThatTheFirstBrought() {
    scene.program.done("pull", "--platform", QEMU, reference);
    Item other = scene.manifest("redis", QEMU);
    String redis =
        scene.offer.tag(
            "unikraft.org/redis", "7", scene.images.platforms(List.of(QEMU), List.of(other)));
    assertThat(scene.program.done("pull", "--platform", QEMU, redis).path("reused_blobs").asInt())
        .as("the kernel")
        .isEqualTo(1);

    assertThat(scene.program.done("delete", reference).path("freed_blobs").asInt()).isEqualTo(4);

    assertThat(scene.store.blobs()).contains(scene.images.layer("kernel").digest()).hasSize(5);
    assertThat(scene.program.findings()).isEmpty();
  }

  @Test
  void aNewerPackageOfTheSameTagReplacesTheOld() {
    scene.program.done("pull", "--platform", QEMU, reference);
    String old = scene.indexDigest(reference);
    Item newer = scene.manifest("nginx newer", QEMU);
    scene.offer.tag(
        "unikraft.org/nginx", "1.25", scene.images.platforms(List.of(QEMU), List.of(newer)));

    JsonNode report = scene.program.done("pull", "--platform", QEMU, reference);

    assertThat(report.path("replaced").asText()).isEqualTo(old);
    assertThat(scene.children(reference)).containsExactly(newer.digest());
    scene.program.done("delete", reference);
    assertThat(scene.program.done("ls")).isEmpty();
    scene.program.done("prune", "--orphans", "--older-than", "0s");
    assertThat(scene.store.paths()).containsExactly("digests", "digests/sha256", "indexes");
  }

  @Test
  void theCommandThatThePullNamesFreesTheReplacedPackage() {
    scene.program.done("pull", "--platform", QEMU, reference);
    Item newer = scene.manifest("nginx newer", QEMU);
    scene.offer.tag(
        "unikraft.org/nginx", "1.25", scene.images.platforms(List.of(QEMU), List.of(newer)));
    String said = scene.program.text("pull", "--platform", QEMU, reference).out();
    String command =
        said.substring(said.lastIndexOf("ocigc-ledger ")).lines().findFirst().orElseThrow();
    String[] args = command.substring("ocigc-ledger ".length()).split(" +", -1);

    Run run = scene.program.text(args);

    assertThat(run.exitCode()).as(command + ": " + run.err()).isZero();
  }
}
