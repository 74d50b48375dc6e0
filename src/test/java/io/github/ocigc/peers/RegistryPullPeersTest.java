package io.github.ocigc.peers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.ocigc.fixture.AtRest;
import io.github.ocigc.fixture.DockerRegistry;
import io.github.ocigc.fixture.FakeRegistry;
import io.github.ocigc.fixture.IndependentMark;
import io.github.ocigc.fixture.Item;
import io.github.ocigc.fixture.LayoutFixture;
import io.github.ocigc.fixture.Program;
import io.github.ocigc.fixture.Program.Run;
import io.github.ocigc.fixture.RealLayers;
import io.github.ocigc.oci.Platform;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** What skopeo has put into a real registry is pulled, and skopeo reads it from our store. */
@EnabledIf("io.github.ocigc.peers.PeerRegistry#wanted")
final class RegistryPullPeersTest {
  private static final String HERE = Platform.ofThisMachine().toString();

  @TempDir Path folder;
  @TempDir Path served;
  private PeerRegistry registry;
  private LayoutFixture images;
  private RealLayers layers;
  private Path store;
  private Program program;

  @BeforeEach
  void startRegistry() {
    registry = new PeerRegistry(DockerRegistry.open(served));
    images = new LayoutFixture(folder.resolve("images"));
    layers = new RealLayers(images);
    store = folder.resolve("store");
    program = new Program(store);
  }

  @AfterEach
  void nothingIsLeft() {
    registry.registry().close();
    AtRest.assertNothingLeft(store);
    Run check = program.json("check", "--check-bytes");
    assertThat(check.exitCode()).as(check.out()).isZero();
    assertThat(program.findings()).isSubsetOf("absent_content");
    assertThat(LayoutFixture.blobs(store)).isEqualTo(IndependentMark.reachable(store));
  }

  private byte[] file(String digest) throws java.io.IOException {
    return Files.readAllBytes(store.resolve("blobs").resolve(digest.replace(':', '/')));
  }

  /** Two platforms beside this machine's, each an image of its own on a common base. */
  private Item index() {
    return images.platforms(
        List.of("linux/riscv64", HERE, "linux/mips64"),
        List.of(
            layers.image("base", "riscv"),
            layers.image("base", "here"),
            layers.image("base", "mips")));
  }

  @Test
  void anImageHasTheDigestThatSkopeoSeesAndSkopeoReadsItFromTheStore() throws Exception {
    images.tag(layers.image("base", "app"), "app");
    String reference = registry.copyFrom(images.root(), "app", "team/app:v1");

    JsonNode report = program.done("pull", reference);

    String digest = registry.digest("team/app:v1");
    assertThat(report.path("digest").asText()).isEqualTo(digest);
    assertThat(file(digest)).isEqualTo(registry.raw("team/app:v1"));
    PeerLayout copy = new PeerLayout(folder.resolve("copy"));
    new PeerLayout(store).copyTo(copy, reference, "copied");
    assertThat(copy.digest("copied")).isEqualTo(digest);
    assertThat(new PeerLayout(store).names()).containsExactly(reference);
  }

  @Test
  void anImageOfDockersSchemaTwoIsPulledAsItIs() throws Exception {
    images.tag(layers.image("base", "app"), "app");
    String reference = registry.copyFrom(images.root(), "app", "team/app:v1", "--format", "v2s2");

    JsonNode report = program.done("pull", reference);

    assertThat(report.path("digest").asText()).isEqualTo(registry.digest("team/app:v1"));
    assertThat(file(report.path("digest").asText())).isEqualTo(registry.raw("team/app:v1"));
    assertThat(program.done("ls").get(0).path("media_type").asText())
        .isEqualTo("application/vnd.docker.distribution.manifest.v2+json");
    assertThat(program.done("delete", reference).path("freed_blobs").asInt()).isEqualTo(4);
  }

  @Test
  void ofADockerManifestListComesThisMachinesPlatform() throws Exception {
    images.tag(index(), "many");
    String reference =
        registry.copyFrom(images.root(), "many", "team/many:v1", "--all", "--format", "v2s2");
    String raw = registry.rawText("team/many:v1");
    assertThat(raw).contains("application/vnd.docker.distribution.manifest.list.v2+json");

    JsonNode report = program.done("pull", reference);

    String digest = FakeRegistry.digest(registry.raw("team/many:v1")).toString();
    assertThat(report.path("digest").asText()).isEqualTo(digest);
    assertThat(file(digest)).isEqualTo(registry.raw("team/many:v1"));
    assertThat(LayoutFixture.blobs(store)).as("list, manifest, config, two layers").hasSize(5);
    program.done("pull", "--all-platforms", reference);
    assertThat(program.findings()).isEmpty();
  }

  @Test
  void ofAnIndexComeThePlatformsThatAreAskedFor() {
    Item index = index();
    images.tag(index, "many");
    String reference = registry.copyFrom(images.root(), "many", "team/many:v1", "--all");

    assertThat(program.done("pull", reference).path("digest").asText()).isEqualTo(index.digest());
    int one = LayoutFixture.blobs(store).size();
    program.done("pull", "--platform", "linux/riscv64", reference);
    int two = LayoutFixture.blobs(store).size();
    program.done("pull", "--all-platforms", reference);

    assertThat(List.of(one, two)).containsExactly(5, 8);
    assertThat(LayoutFixture.blobs(store)).isEqualTo(images.blobs());
    Run none = program.json("pull", "--platform", "linux/s390x", reference);
    assertThat(none.exitCode()).isEqualTo(3);
    assertThat(none.error()).contains("linux/riscv64", HERE, "linux/mips64");
  }

  @Test
  void skopeoReadsThePlatformThatWasPulledOutOfTheSparseIndex() {
    images.tag(index(), "many");
    String reference = registry.copyFrom(images.root(), "many", "team/many:v1", "--all");

    program.done("pull", reference);

    PeerLayout copy = new PeerLayout(folder.resolve("copy"));
    new PeerLayout(store).copyTo(copy, reference, "copied");
    assertThat(copy.digest("copied")).isEqualTo(layers.image("base", "here").digest());
  }

  @Test
  void umociUnpacksWhatWasPulled() {
    images.tag(layers.image("base", "app"), "app");
    String reference = registry.copyFrom(images.root(), "app", "team/app:v1");
    program.done("pull", "--name", "app", reference);

    Peer.UMOCI.run(
        "unpack", "--rootless", "--image", store + ":app", folder.resolve("bundle").toString());

    assertThat(folder.resolve("bundle/rootfs/app")).exists();
    assertThat(folder.resolve("bundle/rootfs/base")).exists();
  }
}
