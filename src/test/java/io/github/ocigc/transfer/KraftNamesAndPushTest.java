package io.github.ocigc.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.ocigc.fixture.AtRest;
import io.github.ocigc.fixture.Item;
import io.github.ocigc.fixture.Program;
import io.github.ocigc.fixture.Program.Run;
import io.github.ocigc.fixture.RegistryFaults.Fault;
import io.github.ocigc.fixture.StoreFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names in KraftKit's store, packages of other shapes, pushes, and pulls that fail. */
final class KraftNamesAndPushTest {
  private static final String QEMU = "qemu/x86_64";

  @TempDir Path folder;
  private KraftScene scene;
  private Item qemu;
  private String reference;

  @BeforeEach
  void offerAPackage() {
    scene = new KraftScene(folder);
    qemu = scene.manifest("nginx qemu", QEMU);
    Item index = scene.images.platforms(List.of(QEMU), List.of(qemu));
    reference = scene.offer.tag("unikraft.org/nginx", "1.25", index);
  }

  @AfterEach
  void nothingIsLeft() {
    scene.close();
    scene.assertAtRest();
    assertThat(scene.program.json("check").exitCode()).isZero();
  }

  private void assertEmptied(String name) {
    scene.program.done("delete", name);
    assertThat(scene.store.paths()).containsExactly("digests", "digests/sha256", "indexes");
  }

  @Test
  void aShortNameIsAShortLink() {
    scene.program.done("pull", "--platform", QEMU, "--name", "nginx:latest", reference);

    assertThat(scene.store.link("nginx:latest")).isSymbolicLink();
    assertThat(scene.index("nginx:latest").path("annotations").path("io.containerd.image.name"))
        .hasToString("\"nginx:latest\"");
    assertEmptied("nginx:latest");
  }

  @Test
  void aNameWithoutATagIsRefusedBeforeAnythingComes() {
    scene.registry.requests().clear();

    Run run = scene.program.json("pull", "--platform", QEMU, "--name", "nginx", reference);

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.error()).contains("name:tag");
    assertThat(scene.registry.requests()).isEmpty();
    assertThat(scene.store.blobs()).isEmpty();
  }

  @Test
  void aPackageByItsDigestCanBeListedAndDeleted() {
    String byDigest = reference.substring(0, reference.lastIndexOf(':')) + "@" + qemu.digest();

    assertThat(scene.program.json("pull", byDigest).error()).contains("--name");
    scene.program.done("pull", byDigest, "--name", "nginx:pinned");

    assertThat(scene.program.done("ls")).hasSize(1);
    assertThat(scene.program.findings()).isEmpty();
    assertEmptied(scene.program.done("ls").get(0).path("reference").asText());
  }

  @Test
  void anImageWithoutAnIndexGetsOne() {
    String plain = scene.offer.tag("unikraft.org/plain", "1", qemu);

    scene.program.done("pull", plain);

    assertThat(scene.children(plain)).containsExactly(qemu.digest());
    assertThat(scene.index(plain).path("manifests").get(0).path("size").asLong())
        .isEqualTo(qemu.size());
    assertEmptied(plain);
  }

  @Test
  void anIndexBelowAnIndexIsMadeOneLevel() {
    Item inner = scene.images.platforms(List.of(QEMU), List.of(qemu));
    String nested = scene.offer.tag("unikraft.org/nested", "1", scene.images.index(inner));

    scene.program.done("pull", "--platform", QEMU, nested);

    assertThat(scene.children(nested)).containsExactly(qemu.digest());
    assertThat(scene.program.findings()).isEmpty();
    assertEmptied(nested);
  }

  @Test
  void referrersThatComeAlongAreHeldAndGoWithThePackage() {
    Item signature = scene.images.image("signature").layers(1).subject(qemu).item();
    scene.registry.content().withReferrers(10);
    scene
        .registry
        .content()
        .addReferrers(
            "unikraft.org/nginx",
            io.github.ocigc.oci.Digest.parse(qemu.digest()).orElseThrow(),
            List.of(signature.descriptor().toString()));
    scene.offer.untagged("unikraft.org/nginx", signature);

    scene.program.done("pull", "--platform", QEMU, "--referrers", reference);

    assertThat(scene.store.blobs()).contains(signature.digest());
    assertThat(scene.program.findings()).as("nothing is unheld").isEmpty();
    assertEmptied(reference);
  }

  @Test
  void aPullThatFailsLeavesNoLinkAndNoFolder() {
    Item layer = scene.images.layer("initrd of nginx qemu");
    scene.offer.instead("unikraft.org/nginx", layer, new byte[(int) layer.size()]);

    Run run = scene.program.json("pull", "--platform", QEMU, reference);

    assertThat(run.exitCode()).isEqualTo(4);
    assertThat(scene.store.paths()).containsExactly("digests", "digests/sha256", "indexes");
  }

  @Test
  void aConnectionThatBreaksForEverLeavesUnheldBlobsAtMost() {
    scene.registry.blobFaults().next(new Fault.None()).fail(100, 500);

    Run run = scene.program.json("pull", "-j", "1", "--platform", QEMU, reference);

    assertThat(run.exitCode()).isEqualTo(6);
    assertThat(scene.program.done("ls")).isEmpty();
    assertThat(scene.program.findings()).isSubsetOf("orphan_blob");
    assertThat(scene.store.paths()).noneMatch(path -> path.startsWith("indexes/"));
  }

  @Test
  void aPackageThatIsPushedComesBackAsItWas() {
    scene.program.done("pull", "--platform", QEMU, reference);
    String target = scene.registry.name() + "/mine/nginx:v1";

    JsonNode pushed = scene.program.done("push", reference, target);
    Path other = folder.resolve("other");
    JsonNode pulled = new Program(other).done("pull", "--platform", QEMU, target);

    assertThat(pushed.path("digest").asText())
        .isEqualTo(scene.indexDigest(reference))
        .isEqualTo(pulled.path("digest").asText());
    assertThat(pushed.path("mounted_blobs").asInt()).as("config and layers").isEqualTo(3);
    assertThat(io.github.ocigc.fixture.LayoutFixture.blobs(other)).isEqualTo(scene.store.blobs());
    AtRest.assertNothingLeft(other);
  }

  @Test
  void aPushDoesNotChangeTheStore() throws IOException {
    scene.program.done("pull", "--platform", QEMU, "--name", "nginx:latest", reference);
    var before = StoreFiles.everything(scene.store.root());

    Run run = scene.program.json("push", "nginx:latest");
    assertThat(run.exitCode()).as("it names no registry").isEqualTo(2);
    scene.program.done("push", "nginx:latest", scene.registry.name() + "/mine/nginx:v1");

    assertThat(StoreFiles.everything(scene.store.root())).isEqualTo(before);
    assertThat(Files.readSymbolicLink(scene.store.link("nginx:latest"))).exists();
  }
}
