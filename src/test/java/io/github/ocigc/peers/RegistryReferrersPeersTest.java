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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/**
 * Signatures and SBOMs in a real registry, whose version 2.8 has no referrers API: an SBOM, a
 * signature of the SBOM, and what cosign tags.
 */
@EnabledIf("io.github.ocigc.peers.PeerRegistry#wanted")
final class RegistryReferrersPeersTest {
  @TempDir Path folder;
  @TempDir Path served;
  private PeerRegistry registry;
  private LayoutFixture layout;
  private Program program;
  private Path store;
  private Program there;
  private Item image;
  private Item sbom;
  private Item ofSbom;
  private Item cosign;
  private String fallback = "";
  private String reference = "";

  @BeforeEach
  void startRegistryAndBuildASignedImage() {
    registry = new PeerRegistry(DockerRegistry.open(served));
    layout = new LayoutFixture(folder.resolve("signed"));
    program = new Program(layout.root());
    image = new RealLayers(layout).image("one", "two");
    layout.tag(image, "app");
    sbom = layout.image("sbom").layers(1).subject(image).untagged();
    ofSbom = layout.image("signature of sbom").layers(1).subject(sbom).untagged();
    fallback = image.digest().replace(':', '-');
    cosign = layout.image("cosign").layers(1).item();
    layout.tag(cosign, fallback + ".sig");
    store = folder.resolve("store");
    there = new Program(store);
    reference = registry.at("team/app:v1");
  }

  @AfterEach
  void nothingIsLeft() {
    registry.registry().close();
    for (Path each : new Path[] {layout.root(), store}) {
      AtRest.assertNothingLeft(each);
      if (Files.exists(each)) {
        assertThat(new Program(each).findings()).isEmpty();
      }
    }
  }

  /** Everything by itself, each by its own digest or tag. */
  private void pushOneByOne() {
    program.done("push", "app", reference);
    program.done("push", sbom.digest(), registry.at("team/app@" + sbom.digest()));
    program.done("push", ofSbom.digest(), registry.at("team/app@" + ofSbom.digest()));
    program.done("push", cosign.digest(), registry.at("team/app:" + fallback + ".sig"));
  }

  @Test
  void aPushWithReferrersSendsThemAndListsThemUnderTheFallbackTag() throws IOException {
    program.done("push", "--referrers", "app", reference);

    assertThat(registry.rawText("team/app:" + fallback)).contains(sbom.digest());
    assertThat(registry.rawText("team/app:" + sbom.digest().replace(':', '-')))
        .contains(ofSbom.digest());
    assertThat(registry.raw("team/app@" + sbom.digest()))
        .isEqualTo(Files.readAllBytes(layout.file(sbom)));
    assertThat(registry.raw("team/app:" + fallback + ".sig"))
        .isEqualTo(Files.readAllBytes(layout.file(cosign)));
  }

  @Test
  void aReferrerThatIsPushedByItselfIsListedUnderTheFallbackTag() {
    pushOneByOne();

    assertThat(registry.rawText("team/app:" + fallback)).contains(sbom.digest());
  }

  @Test
  void aPullBringsReferrersOnlyWhenTheyAreAskedFor() {
    pushOneByOne();

    there.done("pull", reference);
    assertThat(LayoutFixture.blobs(store)).doesNotContain(sbom.digest(), cosign.digest());
    JsonNode report = there.done("pull", "--referrers", reference);

    assertThat(report.path("referrers").asInt()).isEqualTo(3);
    assertThat(LayoutFixture.blobs(store))
        .contains(sbom.digest(), ofSbom.digest(), cosign.digest())
        .isEqualTo(IndependentMark.reachable(store));
    there.assertEqualsRebuilt();
  }

  @Test
  void aDeleteOfTheImageTakesTheReferrersThatWerePulledAlong() {
    pushOneByOne();
    there.done("pull", "--referrers", reference);

    there.done("delete", reference);

    assertThat(LayoutFixture.blobs(store)).isEmpty();
    assertThat(StoreFiles.names(store)).isEmpty();
  }

  @Test
  void aSecondPullWithReferrersBringsNothing() {
    pushOneByOne();
    there.done("pull", "--referrers", reference);
    var before = StoreFiles.everything(store);

    JsonNode report = there.done("pull", "--referrers", reference);

    assertThat(report.path("downloaded_blobs").asInt()).isZero();
    assertThat(StoreFiles.everything(store)).isEqualTo(before);
  }
}
