package io.github.ocigc.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ocigc.fixture.Program;
import io.github.ocigc.fixture.Program.Run;
import io.github.ocigc.fixture.StoreFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What people get wrong: each is told in a sentence, and changes nothing. */
final class PullMistakesTest {
  @TempDir Path folder;
  private Scene scene;
  private String reference;

  @BeforeEach
  void offerAnImage() {
    scene = new Scene(folder);
    reference = scene.image("team/app", "v1");
  }

  @AfterEach
  void nothingIsLeft() {
    scene.close();
    if (Files.exists(scene.store)) {
      scene.assertAtRest();
      assertThat(scene.program.findings()).isEmpty();
    }
  }

  @Test
  void anEmptyFolderBecomesAStore() throws IOException {
    Files.createDirectory(scene.store);

    scene.program.done("pull", reference);

    assertThat(scene.store.resolve("oci-layout")).hasContent("{\"imageLayoutVersion\":\"1.0.0\"}");
    assertThat(scene.blobs()).isEqualTo(scene.images.blobs());
  }

  @Test
  void aFolderBelowOneThatIsNotThereIsNotMade() {
    Path deep = folder.resolve("not/there");

    Run run = new Program(deep).json("pull", reference);

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.error()).contains(deep.toString());
    assertThat(folder.resolve("not")).doesNotExist();
  }

  @Test
  void aFolderWithOtherThingsInItIsNotTouched() throws IOException {
    Path home = Files.createDirectory(folder.resolve("home"));
    Files.writeString(home.resolve("letter.txt"), "dear");
    var before = StoreFiles.everything(home);

    Run run = new Program(home).json("pull", reference);

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.error()).contains(home.toString());
    assertThat(StoreFiles.everything(home)).isEqualTo(before);
    assertThat(home.resolve(".ocigc")).doesNotExist();
  }

  @Test
  void aFileIsNoStore() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "text");

    assertThat(new Program(file).json("pull", reference).exitCode()).isEqualTo(2);

    assertThat(file).hasContent("text");
  }

  @Test
  void aPullThatFailsOnAnEmptyFolderCanBeTriedAgain() throws IOException {
    Files.createDirectory(scene.store);
    assertThat(scene.program.json("pull", scene.registry.name() + "/team/no:v1").exitCode())
        .isEqualTo(3);

    scene.program.done("pull", reference);

    assertThat(StoreFiles.names(scene.store)).containsExactly(reference);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1:1/Team/App:v1",
        "127.0.0.1:1/team/app:",
        "https://127.0.0.1:1/team/app:v1",
        "127.0.0.1:1/team/app@sha256:12",
        "127.0.0.1:1/team//app:v1",
        "127.0.0.1:1/team/app:v 1",
        "../team/app",
        "docker://alpine",
        ""
      })
  void whatIsNoReferenceIsExplained(String bad) {
    scene.program.done("pull", reference);

    String error = scene.refuses(2, "pull", bad);

    assertThat(error).containsAnyOf("Write registry/repository:tag", "is not a digest", "alone");
  }

  @Test
  void aReferenceWithHttpsInFrontIsToldToGoWithoutIt() {
    scene.program.done("pull", reference);

    String error = scene.refuses(2, "pull", "https://ghcr.io/team/app:v1");

    assertThat(error).contains("Write ghcr.io/team/app:v1 alone");
  }

  @Test
  void platformAndAllPlatformsDoNotGoTogether() {
    scene.program.done("pull", reference);

    String error =
        scene.refuses(2, "pull", "--platform", "linux/arm64", "--all-platforms", reference);

    assertThat(error).contains("--platform").contains("--all-platforms");
  }

  @Test
  void aPlatformThatIsNoneIsExplained() {
    scene.program.done("pull", reference);

    assertThat(scene.refuses(2, "pull", "--platform", "arm64", reference)).contains("linux/amd64");
  }

  @Test
  void oneNameDoesNotFitTwoImages() {
    scene.program.done("pull", reference);

    String error = scene.refuses(2, "pull", "--name", "app", reference, reference);

    assertThat(error).contains("--name");
  }

  @Test
  void aNameThatNoStoreCanHaveIsRefusedBeforeAnythingIsFetched() {
    scene.program.done("pull", reference);
    scene.registry.requests().clear();

    assertThat(scene.refuses(2, "pull", "--name", "../up and away", reference))
        .contains("../up and away");

    assertThat(scene.registry.requests()).isEmpty();
  }

  @Test
  void jobsAreANumberWithinReason() {
    scene.program.done("pull", reference);

    assertThat(scene.refuses(2, "pull", "-j", "0", reference)).contains("--jobs");
    assertThat(scene.refuses(2, "pull", "-j", "many", reference)).contains("many");
  }

  @Test
  void aPullWithoutAReferenceIsExplained() {
    scene.program.done("pull", reference);

    assertThat(scene.refuses(2, "pull")).contains("REF");
  }
}
