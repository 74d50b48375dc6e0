package io.github.ocigc.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.ocigc.fixture.AtRest;
import io.github.ocigc.fixture.Item;
import io.github.ocigc.fixture.LayoutFixture;
import io.github.ocigc.fixture.Program;
import io.github.ocigc.fixture.Program.Run;
import io.github.ocigc.fixture.StoreFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An image goes out to a file or folder, and comes in again as it was. */
final class ExportTest {
  @TempDir Path folder;
  private LayoutFixture store;
  private Program program;
  private Item layer;
  private Item app;
  private Path out;
  private Map<String, String> before = Map.of();

  @BeforeEach
  void buildAnImage() throws IOException {
    store = new LayoutFixture(folder.resolve("store"));
    program = new Program(store.root());
    layer = store.layer("a layer");
    app = store.image("app").layer(layer).layers(1).tag();
    program.done("ls");
    out = Files.createDirectory(folder.resolve("out"));
    before = StoreFiles.everything(store.root());
  }

  @AfterEach
  void nothingIsLeftAndNoFileOfTheStoreHasChanged() {
    AtRest.assertNothingLeft(store.root());
    assertThat(StoreFiles.everything(store.root())).isEqualTo(before);
  }

  private String to(String name) {
    return out.resolve(name).toString();
  }

  private String refused(int code, String... args) {
    Run run = program.json(args);
    assertThat(run.exitCode()).as(run.out() + run.err()).isEqualTo(code);
    AtRest.assertNothingLeft(store.root());
    return run.error();
  }

  private void assertComesBack(String file, String name) {
    Path other = folder.resolve("other-" + name.hashCode() + file.hashCode());
    Program there = new Program(other);
    there.done("import", file);
    assertThat(StoreFiles.names(other)).containsExactly(name);
    assertThat(LayoutFixture.blobs(other)).isEqualTo(store.blobs());
    assertThat(there.json("check", "--check-bytes").json().path("findings")).isEmpty();
    AtRest.assertNothingLeft(other);
  }

  @ParameterizedTest
  @ValueSource(strings = {"app.tar", "app.tar.gz", "app.tgz", "app"})
  void whatWasExportedCanBeImportedWithTheSameDigests(String name) {
    JsonNode report = program.done("export", "app", to(name));

    assertThat(report.path("digest").asText()).isEqualTo(app.digest());
    assertThat(report.path("downloaded_blobs").asInt()).isEqualTo(4);
    assertThat(out).isDirectoryContaining(path -> path.getFileName().toString().equals(name));
    assertThat(out.toFile().list()).hasSize(1);
    assertComesBack(to(name), "app");
    assertThat(program.done("history").get(0).path("action").asText()).isEqualTo("export");
  }

  @Test
  void anIndexWithAllBelowItComesBack() {
    Item other = store.image("other").layers(1).item();
    Item index = store.platforms(List.of("linux/amd64", "linux/arm64"), List.of(app, other));
    store.untagElsewhere("app").tag(index, "multi:v1");
    before = StoreFiles.everything(store.root());

    program.done("export", "multi:v1", to("multi.tar"));

    assertComesBack(to("multi.tar"), "multi:v1");
  }

  @Test
  void aSparseIndexIsExportedAsItIsAndSaysSo() {
    Item other = store.image("other").layers(1).item();
    store.tag(store.index(app, other), "multi");
    store.remove(other);
    before = StoreFiles.everything(store.root());

    JsonNode report = program.done("export", "multi", to("multi.tar"));

    assertThat(report.path("absent_manifests").asInt()).isEqualTo(1);
    new Program(folder.resolve("there")).done("import", to("multi.tar"));
    AtRest.assertNothingLeft(folder.resolve("there"));
  }

  @Test
  void referrersThatWereAskedForComeBackToo() {
    Item signature = store.image("signature").layers(1).subject(app).untagged();
    before = StoreFiles.everything(store.root());

    program.done("export", "--referrers", "app", to("app.tar"));

    Path other = folder.resolve("there");
    new Program(other).done("import", to("app.tar"));
    assertThat(LayoutFixture.blobs(other)).contains(signature.digest());
    assertThat(new Program(other).findings()).isEmpty();
    AtRest.assertNothingLeft(other);
  }

  @Test
  void aFileThatIsThereIsNotReplacedUnlessItIsSaid() throws IOException {
    Path file = Files.writeString(out.resolve("app.tar"), "precious");

    assertThat(refused(2, "export", "app", file.toString())).contains("--replace");
    assertThat(file).hasContent("precious");

    program.done("export", "--replace", "app", file.toString());
    assertComesBack(file.toString(), "app");
  }

  @Test
  void aFolderWithSomethingInItIsNeverReplaced() throws IOException {
    Files.writeString(Files.createDirectory(out.resolve("app")).resolve("letter"), "dear");

    refused(2, "export", "app", to("app"));
    refused(2, "export", "--replace", "app", to("app"));

    assertThat(out.resolve("app/letter")).hasContent("dear");
    assertThat(out.toFile().list()).containsExactly("app");
  }

  @Test
  void theStoreItselfIsNoPlaceForAnExport() {
    refused(2, "export", "app", store.root().toString());
  }

  @Test
  void aFolderThatIsNotThereIsNamed() {
    assertThat(refused(2, "export", "app", to("no/app.tar")))
        .contains(out.resolve("no").toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"app.tar", "app.tar.gz", "app"})
  void aDamagedBlobIsNotPassedOnAndNoFileIsLeft(String name) throws IOException {
    byte[] bytes = Files.readAllBytes(store.file(layer));
    bytes[0] ^= 1;
    Files.write(store.file(layer), bytes);
    before = StoreFiles.everything(store.root());

    assertThat(refused(4, "export", "app", to(name))).contains(layer.digest());

    assertThat(out).isEmptyDirectory();
  }

  @Test
  void aFileThatWasToBeReplacedSurvivesAFailure() throws IOException {
    Path file = Files.writeString(out.resolve("app.tar"), "precious");
    StoreFiles.overwrite(store.file(layer), "a layeR");
    before = StoreFiles.everything(store.root());

    program.json("export", "--replace", "app", file.toString());

    assertThat(file).hasContent("precious");
    assertThat(out.toFile().list()).containsExactly("app.tar");
  }

  @Test
  void aTruncatedBlobIsNotPassedOn() {
    StoreFiles.overwrite(store.file(layer), "a");
    before = StoreFiles.everything(store.root());

    refused(4, "export", "app", to("app.tar"));

    assertThat(out).isEmptyDirectory();
  }

  @Test
  void aMissingBlobIsNotFound() {
    store.remove(layer);
    before = StoreFiles.everything(store.root());

    assertThat(refused(3, "export", "app", to("app.tar"))).contains(layer.digest());

    assertThat(out).isEmptyDirectory();
  }

  @Test
  void whatIsNotInTheStoreIsNotFound() {
    assertThat(refused(3, "export", "nothing", to("app.tar"))).contains("nothing");
    assertThat(out).isEmptyDirectory();
  }

  @Test
  void anExportThatFailedIsNotInTheHistory() {
    store.remove(layer);
    before = StoreFiles.everything(store.root());

    refused(3, "export", "app", to("app.tar"));

    assertThat(program.done("history")).isEmpty();
  }
}
