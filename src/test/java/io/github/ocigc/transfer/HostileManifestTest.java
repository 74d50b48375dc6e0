package io.github.ocigc.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.ocigc.fixture.FakeRegistry;
import io.github.ocigc.fixture.Item;
import io.github.ocigc.fixture.LayoutFixture;
import io.github.ocigc.fixture.Program.Run;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Manifests that are none, or have no end: refused, and the store is as it was. */
final class HostileManifestTest {
  @TempDir Path folder;
  private Scene scene;

  @BeforeEach
  void holdOneImage() {
    scene = new Scene(folder);
    scene.program.done("pull", scene.image("team/before", "v1"));
  }

  @AfterEach
  void nothingIsLeft() {
    scene.close();
    scene.assertAtRest();
  }

  private String offer(String mediaType, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    scene.registry.content().addManifest("team/bad", "v1", mediaType, bytes);
    return scene.registry.name() + "/team/bad:v1";
  }

  private String refused(String mediaType, String text) {
    return scene.refuses(4, "pull", offer(mediaType, text));
  }

  private static String descriptor(String digest) {
    return "{\"mediaType\":\"application/x\",\"digest\":\"" + digest + "\",\"size\":3}";
  }

  @Test
  void aManifestThatIsNoJsonIsRefused() {
    assertThat(refused(LayoutFixture.MANIFEST, "<html>no</html>")).contains("JSON");
  }

  @Test
  void aManifestThatEndsInTheMiddleIsRefused() {
    assertThat(refused(LayoutFixture.MANIFEST, "{\"schemaVersion\":2,\"layers\":["))
        .contains("JSON");
  }

  @Test
  void anEmptyManifestIsRefused() {
    refused(LayoutFixture.MANIFEST, "");
  }

  @Test
  void aManifestWithSomethingBehindItIsRefused() {
    refused(LayoutFixture.MANIFEST, "{\"schemaVersion\":2,\"layers\":[]}{}");
  }

  @Test
  void aManifestThatIsTooLongIsNotRead() {
    String text = "{\"schemaVersion\":2,\"x\":\"" + "x".repeat(5 * Scene.MIB) + "\"}";

    String error = scene.breaks("pull", offer(LayoutFixture.MANIFEST, text));

    assertThat(error).contains("longer than");
  }

  @Test
  void aManifestThatIsNestedWithoutEndIsRefused() {
    int deep = 200_000;
    refused(
        LayoutFixture.MANIFEST,
        "{\"schemaVersion\":2,\"x\":" + "[".repeat(deep) + "]".repeat(deep) + "}");
  }

  @Test
  void aManifestWithAnInvalidDigestIsRefused() {
    String error =
        refused(
            LayoutFixture.MANIFEST,
            "{\"schemaVersion\":2,\"layers\":[" + descriptor("sha256:../../../etc") + "]}");

    assertThat(error).contains("sha256:../../../etc");
  }

  @Test
  void aNegativeSizeCountsAsNoneAndTheDigestDecides() {
    Item layer = scene.images.layer("a layer");
    String reference =
        offer(
            LayoutFixture.MANIFEST,
            "{\"schemaVersion\":2,\"layers\":["
                + descriptor(layer.digest()).replace(":3}", ":-1}")
                + "]}");
    scene.offer.instead("team/bad", layer, scene.offer.bytes(layer.digest()));

    scene.program.done("pull", reference);

    assertThat(scene.blobs()).contains(layer.digest());
    assertThat(scene.program.findings()).isEmpty();
  }

  @Test
  void anIndexThatNamesItselfIsRefused() {
    Item self = new Item(LayoutFixture.INDEX, "sha256:" + "5".repeat(64), 300);
    byte[] index = scene.offer.bytes(scene.images.index(self).digest());
    scene.registry.content().addManifest("team/bad", "v1", LayoutFixture.INDEX, index);
    scene.registry.content().addManifest("team/bad", self.digest(), LayoutFixture.INDEX, index);

    String error =
        scene.refuses(4, "pull", "--all-platforms", scene.registry.name() + "/team/bad:v1");

    assertThat(error).contains(self.digest());
  }

  @Test
  void indexesThatGoInACircleAreRefused() {
    String one = "sha256:" + "1".repeat(64);
    String two = "sha256:" + "2".repeat(64);
    byte[] toTwo =
        scene.offer.bytes(scene.images.index(new Item(LayoutFixture.INDEX, two, 300)).digest());
    byte[] toOne =
        scene.offer.bytes(scene.images.index(new Item(LayoutFixture.INDEX, one, 300)).digest());
    scene.registry.content().addManifest("team/bad", "v1", LayoutFixture.INDEX, toTwo);
    scene.registry.content().addManifest("team/bad", one, LayoutFixture.INDEX, toTwo);
    scene.registry.content().addManifest("team/bad", two, LayoutFixture.INDEX, toOne);

    scene.refuses(4, "pull", scene.registry.name() + "/team/bad:v1");
  }

  @Test
  void oneManifestThatAnIndexNamesTwiceIsFetchedOnce() {
    Item image = scene.built("app");
    Item index = scene.images.index(image, image, scene.images.index(image));
    String reference = scene.offer.tag("team/app", "v1", index);

    scene.program.done("pull", reference);

    assertThat(scene.registry.requests("GET /v2/team/app/manifests/" + image.digest())).hasSize(1);
    assertThat(scene.program.findings()).isEmpty();
  }

  @Test
  void fiveThousandChildrenWithoutAFileAreRefusedAtTheFirst() {
    StringBuilder children = new StringBuilder();
    for (int i = 0; i < 5_000; i++) {
      String digest = FakeRegistry.digest(new byte[] {(byte) i, (byte) (i >> 8)}).toString();
      children.append(i == 0 ? "" : ",").append(descriptor(digest));
    }
    String reference =
        offer(LayoutFixture.INDEX, "{\"schemaVersion\":2,\"manifests\":[" + children + "]}");
    scene.registry.requests().clear();

    scene.refuses(3, "pull", "--all-platforms", reference);

    assertThat(scene.registry.requests("GET /v2/team/bad/manifests/")).hasSize(2);
  }

  @Test
  void anIndexWhoseChildrenAreAllOfOtherPlatformsSaysWhichItHas() {
    Item index =
        scene.images.platforms(
            List.of("windows/amd64", "plan9/mips"), List.of(scene.built("a"), scene.built("b")));
    String reference = scene.offer.tag("team/strange", "v1", index);

    String error = scene.refuses(3, "pull", reference);

    assertThat(error).contains("windows/amd64").contains("plan9/mips").contains("--platform");
  }

  @Test
  void anIndexOfNothingIsPulledAsOne() {
    String reference = scene.offer.tag("team/empty", "v1", scene.images.index());

    JsonNode report = scene.program.done("pull", reference);

    assertThat(report.path("downloaded_blobs").asInt()).isEqualTo(1);
    assertThat(scene.program.findings()).isEmpty();
  }

  @Test
  void whatALayerSaysOfTheTerminalDoesNotReachIt() {
    String reference =
        offer(
            LayoutFixture.MANIFEST,
            "{\"schemaVersion\":2,\"layers\":[" + descriptor("\\u001b[2Jred") + "]}");

    Run run = scene.program.text("pull", reference);

    assertThat(run.exitCode()).isEqualTo(4);
    assertThat(run.err()).doesNotContain("\u001b");
  }
}
