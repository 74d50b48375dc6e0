package io.github.ocigc.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.ocigc.fixture.AtRest;
import io.github.ocigc.fixture.IndependentMark;
import io.github.ocigc.fixture.Item;
import io.github.ocigc.fixture.LayoutFixture;
import io.github.ocigc.fixture.Program;
import io.github.ocigc.fixture.Program.Run;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images of unusual shapes go through a pull, a push, an export and an import unchanged. */
final class OddImagesTest {
  @TempDir Path folder;
  private Scene scene;

  @BeforeEach
  void openRegistry() {
    scene = new Scene(folder);
  }

  @AfterEach
  void nothingIsLeft() {
    scene.close();
    scene.assertAtRest();
    assertThat(scene.program.json("check").exitCode()).isZero();
    assertThat(scene.blobs()).isEqualTo(IndependentMark.reachable(scene.store));
  }

  private void assertGoesRound(Item image, int blobs) {
    String reference = scene.offer.tag("team/odd", "v1", image);
    assertThat(scene.program.done("pull", reference).path("downloaded_blobs").asInt())
        .isEqualTo(blobs);
    Set<String> came = scene.blobs();
    assertThat(came).hasSize(blobs).isSubsetOf(scene.images.blobs());

    scene.registry.content().withoutMounts();
    String copy = scene.registry.name() + "/team/copy:v1";
    assertThat(scene.program.done("push", reference, copy).path("uploaded_blobs").asInt())
        .isEqualTo(blobs);
    scene.program.done("export", reference, folder.resolve("odd.tar.gz").toString());

    Path pulled = folder.resolve("pulled");
    new Program(pulled).done("pull", copy);
    assertThat(LayoutFixture.blobs(pulled)).isEqualTo(came);
    AtRest.assertNothingLeft(pulled);
    Path imported = folder.resolve("imported");
    new Program(imported).done("import", folder.resolve("odd.tar.gz").toString());
    assertThat(LayoutFixture.blobs(imported)).isEqualTo(came);
    assertThat(new Program(imported).findings()).isEmpty();
  }

  private Item manifest(String text) {
    return scene.images.blob(
        LayoutFixture.MANIFEST, text.replace("'", "\"").getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void anEmptyLayer() {
    assertGoesRound(
        scene.images.image("odd").layer(scene.images.blob(LayoutFixture.LAYER, new byte[0])).item(),
        3);
  }

  @Test
  void aLayerThatIsThereTwice() {
    Item layer = scene.images.layer("twice");
    assertGoesRound(scene.images.image("odd").layer(layer).layer(layer).item(), 3);
  }

  @Test
  void aLayerNamedBySha512() {
    Item layer = scene.images.blob("sha512", LayoutFixture.LAYER, new byte[] {1, 2, 3});
    assertGoesRound(scene.images.image("odd").layer(layer).item(), 3);
  }

  @Test
  void anArtifactWhoseConfigIsItsOnlyLayer() {
    Item empty =
        scene.images.blob(
            "application/vnd.oci.empty.v1+json", "{}".getBytes(StandardCharsets.UTF_8));
    assertGoesRound(
        manifest(
            "{'schemaVersion':2,'artifactType':'application/x','config':"
                + empty.descriptor()
                + ",'layers':["
                + empty.descriptor()
                + "]}"),
        2);
  }

  @Test
  void anArtifactWithoutAnyBlob() {
    assertGoesRound(manifest("{'schemaVersion':2,'layers':[]}"), 1);
  }

  @Test
  void aManifestWithSpacesAndLettersOfOtherAlphabets() {
    Item layer = scene.images.layer("a layer");
    assertGoesRound(
        manifest(
            "{  'schemaVersion' : 2, 'annotations':{'title':'Wörter 文字'},\n 'layers':[ "
                + layer.descriptor()
                + " ] }\n\n"),
        2);
  }

  @Test
  void anImageOfAHundredAndFiftyLayers() {
    assertGoesRound(scene.images.image("odd").layers(150).item(), 152);
  }

  private String withAForeignLayer() {
    Item own = scene.images.layer("own");
    Item foreign =
        scene.images.blob(
            "application/vnd.oci.image.layer.nondistributable.v1.tar+gzip",
            "not to be given away".getBytes(StandardCharsets.UTF_8));
    Item image = scene.images.image("odd").layer(foreign).layer(own).item();
    scene.images.remove(foreign);
    return scene.offer.tag("team/odd", "v1", image);
  }

  @Test
  void aLayerThatMayNotBeGivenAwayIsLeftOutByAPull() {
    JsonNode report = scene.program.done("pull", withAForeignLayer());

    assertThat(report.path("absent")).hasSize(1);
    assertThat(report.path("downloaded_blobs").asInt()).isEqualTo(3);
    assertThat(scene.program.findings()).containsExactly("absent_content");
  }

  @Test
  void aLayerThatMayNotBeGivenAwayIsLeftOutByAPush() {
    String reference = withAForeignLayer();
    scene.program.done("pull", reference);

    Run push = scene.program.json("push", reference, scene.registry.name() + "/team/elsewhere:v1");

    assertThat(push.exitCode()).as(push.out()).isZero();
  }

  @Test
  void aLayerThatMayNotBeGivenAwayIsLeftOutByAnExport() {
    String reference = withAForeignLayer();
    scene.program.done("pull", reference);

    Run export = scene.program.json("export", reference, folder.resolve("odd.tar").toString());

    assertThat(export.exitCode()).as(export.out()).isZero();
  }

  @Test
  void aQuietPullSaysNothingOnStandardError() {
    Run run = scene.program.text("-q", "pull", scene.image("team/app", "v1"));

    assertThat(run.err()).isEmpty();
  }

  @Test
  void withJsonThereIsOneDocumentAndNothingElseOnStandardOutput() {
    String reference = scene.image("team/app", "v1");
    scene.registry.blobFaults().fail(1, 500);

    Run run = scene.program.json("pull", reference);

    assertThat(run.out().strip()).startsWith("{").endsWith("}").doesNotContain("\n");
    assertThat(run.json().path("reference").asText()).isEqualTo(reference);
  }
}
