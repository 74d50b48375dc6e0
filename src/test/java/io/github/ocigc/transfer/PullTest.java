package io.github.ocigc.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.ocigc.fixture.IndependentMark;
import io.github.ocigc.fixture.Item;
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

/** A pull into an OCI layout, from nothing, and once more. */
final class PullTest {
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
    assertThat(scene.program.findings()).isEmpty();
    scene.assertAtRest();
  }

  @Test
  void theFirstPullMakesTheStoreAndSaysWhatItBrought() {
    Item image = scene.built("app");
    String reference = scene.offer.tag("team/app", "v1", image);

    JsonNode report = scene.program.done("pull", reference);

    assertThat(report.path("reference").asText()).isEqualTo(reference);
    assertThat(report.path("digest").asText()).isEqualTo(image.digest());
    assertThat(report.path("downloaded_blobs").asInt()).isEqualTo(4);
    assertThat(report.path("reused_blobs").asInt()).isZero();
    assertThat(report.path("replaced").isNull()).isTrue();
    assertThat(StoreFiles.names(scene.store)).containsExactly(reference);
    assertThat(scene.blobs())
        .isEqualTo(scene.images.blobs())
        .isEqualTo(IndependentMark.reachable(scene.store));
    assertThat(scene.program.done("history").get(0).path("action").asText()).isEqualTo("pull");
  }

  @Test
  void whatAnotherImageHasBroughtIsNotFetchedAgain() {
    scene.program.done("pull", scene.image("team/app", "v1"));
    int before = scene.registry.requests("GET /v2/team/other/blobs/").size();

    JsonNode report = scene.program.done("pull", scene.image("team/other", "v1"));

    assertThat(report.path("downloaded_blobs").asInt()).as("layer, config, manifest").isEqualTo(3);
    assertThat(report.path("reused_blobs").asInt()).as("the base").isEqualTo(1);
    assertThat(scene.registry.requests("GET /v2/team/other/blobs/")).hasSize(before + 2);
  }

  @Test
  void aPullOfWhatIsAllHereFetchesNoBlobAndChangesNoFile() {
    String reference = scene.image("team/app", "v1");
    scene.program.done("pull", reference);
    var files = StoreFiles.everything(scene.store);
    List<String> rows = scene.program.ledgerRows();
    int fetched = scene.registry.requests("GET /v2/team/app/blobs/").size();

    JsonNode report = scene.program.done("pull", reference);

    assertThat(report.path("downloaded_blobs").asInt()).isZero();
    assertThat(report.path("downloaded_bytes").asInt()).isZero();
    assertThat(report.path("reused_blobs").asInt()).isEqualTo(4);
    assertThat(scene.registry.requests("GET /v2/team/app/blobs/")).hasSize(fetched);
    assertThat(StoreFiles.everything(scene.store)).isEqualTo(files);
    assertThat(scene.program.ledgerRows()).isEqualTo(rows);
    assertThat(scene.program.text("pull", reference).out()).contains("all of it was here");
  }

  @Test
  void anImageByItsDigestIsNamedByIt() {
    Item image = scene.built("app");
    String reference = scene.offer.untagged("team/app", image);

    scene.program.done("pull", reference);

    assertThat(StoreFiles.names(scene.store)).containsExactly(reference);
    assertThat(scene.program.done("delete", reference).path("freed_blobs").asInt()).isEqualTo(4);
  }

  @Test
  void anotherNameCanBeGiven() {
    scene.program.done("pull", "--name", "app", scene.image("team/app", "v1"));

    assertThat(StoreFiles.names(scene.store)).containsExactly("app");
  }

  @Test
  void severalImagesAreReportedOneByOne() {
    JsonNode reports =
        scene.program.done("pull", scene.image("team/app", "v1"), scene.image("team/other", "v1"));

    assertThat(reports.findValuesAsText("downloaded_blobs")).containsExactly("4", "3");
    assertThat(StoreFiles.names(scene.store)).hasSize(2);
    assertThat(scene.blobs()).isEqualTo(scene.images.blobs());
  }

  @Test
  void ofSeveralThoseBeforeTheOneThatFailsAreHere() {
    String good = scene.image("team/app", "v1");

    Run run = scene.program.json("pull", good, scene.registry.name() + "/team/nothing:v1");

    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(StoreFiles.names(scene.store)).containsExactly(good);
  }

  @Test
  void theImageThatATagMovedAwayFromStaysUntilItIsDeletedByItsDigest() {
    Item old = scene.built("old");
    Item fresh = scene.built("new");
    String reference = scene.offer.tag("team/app", "latest", old);
    scene.program.done("pull", reference);
    scene.offer.tag("team/app", "latest", fresh);

    Run run = scene.program.text("pull", reference);

    assertThat(run.out()).contains("delete " + old.digest());
    assertThat(scene.listed())
        .isEqualTo(reference + " " + fresh.digest() + "\nnull " + old.digest() + "\n");
    Run deleted = scene.program.json("delete", old.digest());
    assertThat(deleted.freed()).as("manifest, config and own layer").hasSize(3);
    assertThat(scene.blobs()).isEqualTo(IndependentMark.reachable(scene.store));
  }

  @Test
  void theMovedTagsOldImageIsInTheReport() {
    Item old = scene.built("old");
    scene.program.done("pull", scene.offer.tag("team/app", "latest", old));

    JsonNode report =
        scene.program.done("pull", scene.offer.tag("team/app", "latest", scene.built("new")));

    assertThat(report.path("replaced").asText()).isEqualTo(old.digest());
  }

  @Test
  void anotherPullMendsATruncatedLayerAndADamagedManifest() throws IOException {
    Item layer = scene.large(50_000);
    Item image = scene.images.image("app").layer(layer).item();
    String reference = scene.offer.tag("team/app", "v1", image);
    scene.program.done("pull", reference);
    Path blobs = scene.store.resolve("blobs");
    Path layerFile = blobs.resolve(layer.digest().replace(':', '/'));
    Path manifestFile = blobs.resolve(image.digest().replace(':', '/'));
    Files.write(layerFile, new byte[20]);
    StoreFiles.overwrite(manifestFile, "{\"schemaVersion\":2");
    assertThat(scene.program.json("check", "--check-bytes").exitCode()).isEqualTo(1);

    JsonNode report = scene.program.done("pull", reference);

    assertThat(report.path("downloaded_blobs").asInt()).isEqualTo(2);
    assertThat(layerFile).hasBinaryContent(scene.offer.bytes(layer.digest()));
    assertThat(manifestFile).hasBinaryContent(scene.offer.bytes(image.digest()));
    Run check = scene.program.json("check", "--check-bytes");
    assertThat(check.json().path("findings")).as(check.out()).isEmpty();
    assertThat(check.exitCode()).isZero();
    scene.program.assertEqualsRebuilt();
  }
}
