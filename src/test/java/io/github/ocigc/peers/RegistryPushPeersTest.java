package io.github.ocigc.peers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.ocigc.fixture.AtRest;
import io.github.ocigc.fixture.DockerRegistry;
import io.github.ocigc.fixture.IndependentMark;
import io.github.ocigc.fixture.Item;
import io.github.ocigc.fixture.LayoutFixture;
import io.github.ocigc.fixture.Program;
import io.github.ocigc.fixture.RealLayers;
import io.github.ocigc.fixture.StoreFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** What we push into a real registry is, byte by byte, what the store has. */
@EnabledIf("io.github.ocigc.peers.PeerRegistry#wanted")
final class RegistryPushPeersTest {
  @TempDir Path folder;
  @TempDir Path served;
  private PeerRegistry registry;
  private PeerLayout built;
  private Program program;

  @BeforeEach
  void startRegistryAndLetUmociBuildImages() {
    registry = new PeerRegistry(DockerRegistry.open(served));
    built = PeerLayout.init(folder.resolve("built")).base("base").derive("base", "app").collected();
    program = new Program(built.root());
  }

  @AfterEach
  void nothingIsLeft() {
    registry.registry().close();
    AtRest.assertNothingLeft(built.root());
    assertThat(program.json("check").exitCode()).isZero();
  }

  private static void assertSound(Path store) {
    AtRest.assertNothingLeft(store);
    assertThat(new Program(store).json("check", "--check-bytes").json().path("findings")).isEmpty();
    assertThat(LayoutFixture.blobs(store)).isEqualTo(IndependentMark.reachable(store));
  }

  private static byte[] bytes(LayoutFixture layout, Item item) throws IOException {
    return Files.readAllBytes(layout.file(item));
  }

  @Test
  void skopeoFindsInTheRegistryTheBytesThatUmociWrote() {
    JsonNode report = program.done("push", "app", registry.at("team/app:v1"));

    assertThat(registry.raw("team/app:v1")).isEqualTo(built.manifest("app"));
    assertThat(registry.digest("team/app:v1"))
        .isEqualTo(built.digest("app"))
        .isEqualTo(report.path("digest").asText());
  }

  @Test
  void fromPullToPushToPullEveryFileIsTheSame() throws IOException {
    String reference = registry.copyFrom(built.root(), "app", "team/app:v1");
    Program first = new Program(folder.resolve("first"));
    Program second = new Program(folder.resolve("second"));

    first.done("pull", reference);
    first.done("push", reference, registry.at("elsewhere/deep/app:v2"));
    second.done("pull", registry.at("elsewhere/deep/app:v2"));

    assertThat(registry.raw("elsewhere/deep/app:v2")).isEqualTo(registry.raw("team/app:v1"));
    var files = StoreFiles.everything(folder.resolve("first"));
    var copies = StoreFiles.everything(folder.resolve("second"));
    files.keySet().removeIf(path -> !path.startsWith("blobs"));
    copies.keySet().removeIf(path -> !path.startsWith("blobs"));
    assertThat(copies).isEqualTo(files);
    assertSound(folder.resolve("first"));
    assertSound(folder.resolve("second"));
  }

  @Test
  void anImageOfDockersSchemaTwoStaysOne() {
    String reference = registry.copyFrom(built.root(), "app", "team/app:v1", "--format", "v2s2");
    Program store = new Program(folder.resolve("store"));

    store.done("pull", reference);
    store.done("push", reference, registry.at("team/copy:v1"));

    assertThat(registry.raw("team/copy:v1")).isEqualTo(registry.raw("team/app:v1"));
    assertThat(registry.digest("team/copy:v1")).isEqualTo(registry.digest("team/app:v1"));
    assertSound(folder.resolve("store"));
  }

  @Test
  void aNestedIndexGoesAndComesWhole() throws IOException {
    LayoutFixture layout = new LayoutFixture(folder.resolve("nested"));
    RealLayers layers = new RealLayers(layout);
    Item inner =
        layout.platforms(
            List.of("linux/amd64", "linux/arm64"),
            List.of(layers.image("one"), layers.image("two")));
    Item outer = layout.index(inner, layers.image("three"));
    layout.tag(outer, "nested");
    Path store = folder.resolve("store");

    new Program(layout.root()).done("push", "nested", registry.at("team/nested:v1"));
    new Program(store).done("pull", "--all-platforms", registry.at("team/nested:v1"));

    assertThat(registry.raw("team/nested:v1")).isEqualTo(bytes(layout, outer));
    assertThat(registry.raw("team/nested@" + inner.digest())).isEqualTo(bytes(layout, inner));
    assertThat(LayoutFixture.blobs(store)).isEqualTo(layout.blobs());
    assertSound(store);
    AtRest.assertNothingLeft(layout.root());
  }

  @Test
  void aSecondRepositoryGetsTheBlobsByMountAndASecondPushNothing() {
    program.done("push", "app", registry.at("team/app:v1"));

    JsonNode mounted = program.done("push", "app", registry.at("other/app:v1"));
    JsonNode again = program.done("push", "app", registry.at("other/app:v1"));

    assertThat(mounted.path("mounted_blobs").asInt()).as("config and two layers").isEqualTo(3);
    assertThat(again.path("existing_blobs").asInt()).isGreaterThanOrEqualTo(3);
    assertThat(again.path("mounted_blobs").asInt()).isZero();
    assertThat(registry.digest("other/app:v1")).isEqualTo(built.digest("app"));
    assertThat(program.sql("SELECT repository AS place FROM pushed ORDER BY 1"))
        .extracting(row -> row.path("place").asText())
        .containsExactly("other/app", "team/app");
    assertThat(program.done("history").findValuesAsText("action"))
        .filteredOn(action -> action.equals("push"))
        .hasSize(3);
  }

  @Test
  void whatABaseImageBroughtIsNotSentAgain() {
    program.done("push", "base", registry.at("team/app:base"));

    JsonNode report = program.done("push", "app", registry.at("team/app:v1"));

    assertThat(report.path("existing_blobs").asInt()).as("the base layer").isEqualTo(1);
    assertThat(report.path("uploaded_blobs").asInt()).isEqualTo(3);
  }
}
