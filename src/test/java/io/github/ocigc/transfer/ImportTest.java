package io.github.ocigc.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.ocigc.fixture.AtRest;
import io.github.ocigc.fixture.Child;
import io.github.ocigc.fixture.IndependentMark;
import io.github.ocigc.fixture.Item;
import io.github.ocigc.fixture.KraftFixture;
import io.github.ocigc.fixture.LayoutFixture;
import io.github.ocigc.fixture.Program;
import io.github.ocigc.fixture.Program.Run;
import io.github.ocigc.fixture.StoreFiles;
import java.io.FileDescriptor;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Layout folders and OCI archives come into a store. */
final class ImportTest {
  @TempDir Path folder;
  private LayoutFixture source;
  private Item app;
  private Path store;
  private Program program;

  @BeforeEach
  void buildAnImage() {
    source = new LayoutFixture(folder.resolve("source"));
    app = source.image("app").layers(2).tag();
    store = folder.resolve("store");
    program = new Program(store);
  }

  @AfterEach
  void nothingIsLeft() {
    AtRest.assertNothingLeft(store);
    assertThat(program.json("check").exitCode()).isZero();
    if (LayoutFixture.blobs(store).size() > 0) {
      assertThat(LayoutFixture.blobs(store)).isEqualTo(IndependentMark.reachable(store));
    }
    AtRest.assertNothingLeft(store);
  }

  @ParameterizedTest
  @ValueSource(strings = {"folder", "app.tar", "app.tar.gz", "noending"})
  void anImageComesFromAFolderOrAnArchive(String kind) {
    Path from =
        kind.equals("folder") ? source.root() : Tars.of(source.root(), folder.resolve(kind));

    JsonNode report = program.done("import", from.toString());

    assertThat(report.path("reference").asText()).isEqualTo("app");
    assertThat(report.path("digest").asText()).isEqualTo(app.digest());
    assertThat(report.path("downloaded_blobs").asInt()).isEqualTo(4);
    assertThat(StoreFiles.names(store)).containsExactly("app");
    assertThat(LayoutFixture.blobs(store)).isEqualTo(source.blobs());
    assertThat(program.done("history").get(0).path("action").asText()).isEqualTo("import");
    assertThat(program.json("check", "--check-bytes").json().path("findings")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"app.tar", "app.tar.gz"})
  void anArchiveComesFromStandardInput(String kind) {
    Path archive = Tars.of(source.root(), folder.resolve(kind));

    try (Child child = Child.fed(archive, store, "--json", "import", "-", "piped:v1")) {
      assertThat(child.exitCode()).as(child.restOfErr()).isZero();
    }

    assertThat(StoreFiles.names(store)).containsExactly("piped:v1");
    assertThat(LayoutFixture.blobs(store)).isEqualTo(source.blobs());
  }

  @Test
  void standardInputThatEndsInTheMiddleLeavesNothing() throws java.io.IOException {
    Path archive = Tars.of(source.root(), folder.resolve("app.tar"));
    byte[] bytes = java.nio.file.Files.readAllBytes(archive);
    java.nio.file.Files.write(archive, java.util.Arrays.copyOf(bytes, 2_000));

    try (Child child = Child.fed(archive, store, "--json", "import", "-")) {
      assertThat(child.exitCode()).isIn(2, 4);
    }

    AtRest.assertNothingLeft(store);
    assertThat(LayoutFixture.blobs(store)).isEmpty();
  }

  @Test
  void anImportOfAFileDoesNotCloseStandardInput() {
    program.done("import", source.root().toString());

    assertThat(FileDescriptor.in.valid()).isTrue();
  }

  @Test
  void theOneImageCanGetAnotherName() {
    program.done("import", source.root().toString(), "localhost:5000/other:v1");

    assertThat(StoreFiles.names(store)).containsExactly("localhost:5000/other:v1");
  }

  @Test
  void severalImagesComeAsTheyAreCalled() {
    source.image("second").layers(1).tag();

    JsonNode reports =
        program.done("import", Tars.of(source.root(), folder.resolve("two.tar")).toString());

    assertThat(reports.findValuesAsText("reference")).containsExactly("app", "second");
    assertThat(StoreFiles.names(store)).containsExactlyInAnyOrder("app", "second");
    assertThat(LayoutFixture.blobs(store)).isEqualTo(source.blobs());
  }

  @Test
  void ofSeveralImagesOneCanBeMeant() {
    Item second = source.image("second").layers(1).tag();

    program.done("import", source.root().toString(), "second");

    assertThat(StoreFiles.names(store)).containsExactly("second");
    assertThat(LayoutFixture.blobs(store)).contains(second.digest()).hasSize(3);
  }

  @Test
  void ofSeveralImagesOneThatIsNotThereIsExplained() {
    source.image("second").layers(1).tag();

    Run run = program.json("import", source.root().toString(), "third");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.error()).contains("app", "second", "third");
    assertThat(LayoutFixture.blobs(store)).isEmpty();
  }

  @Test
  void anImageWithoutANameStaysWithoutOne() {
    LayoutFixture nameless = new LayoutFixture(folder.resolve("nameless"));
    Item image = nameless.image("x").layers(1).untagged();

    JsonNode report = program.done("import", nameless.root().toString());

    assertThat(report.path("reference").isNull()).isTrue();
    assertThat(StoreFiles.names(store)).containsExactly("");
    assertThat(program.done("delete", image.digest()).path("freed_blobs").asInt()).isEqualTo(3);
  }

  @Test
  void aSparseIndexComesAsItIs() {
    Item other = source.image("other").layers(1).item();
    source.tag(source.platforms(List.of("linux/amd64", "linux/arm64"), List.of(app, other)), "two");
    source.remove(other);

    program.done("import", source.root().toString(), "two");

    assertThat(StoreFiles.names(store)).containsExactly("two");
    assertThat(LayoutFixture.blobs(store)).contains(app.digest()).doesNotContain(other.digest());
    assertThat(program.findings()).containsExactly("absent_content");
  }

  @Test
  void ofAnIndexOnePlatformCanBeTaken() {
    Item other = source.image("other").layers(1).item();
    source.tag(source.platforms(List.of("linux/amd64", "linux/arm64"), List.of(app, other)), "two");

    program.done("import", "--platform", "linux/arm64", source.root().toString(), "two");

    assertThat(LayoutFixture.blobs(store)).contains(other.digest()).doesNotContain(app.digest());
  }

  @Test
  void aSecondImportBringsNothing() {
    program.done("import", source.root().toString());
    var before = StoreFiles.everything(store);

    assertThat(program.done("import", source.root().toString()).path("downloaded_blobs").asInt())
        .isZero();

    assertThat(StoreFiles.everything(store)).isEqualTo(before);
  }

  @Test
  void anImportUnderANameThatIsTakenKeepsTheOldImage() {
    program.done("import", source.root().toString());
    LayoutFixture later = new LayoutFixture(folder.resolve("later"));
    later.image("later").layers(1).tag();

    JsonNode report = program.done("import", later.root().toString(), "app");

    assertThat(report.path("replaced").asText()).isEqualTo(app.digest());
    assertThat(program.done("ls").findValuesAsText("digest")).contains(app.digest());
  }

  @Test
  void intoAKraftKitStoreWithANameOnly() {
    KraftFixture kraft = new KraftFixture(folder.resolve("kraft"));
    Program there = new Program(kraft.root());
    LayoutFixture nameless = new LayoutFixture(folder.resolve("nameless"));
    nameless.image("x").layers(1).untagged();

    Run refused = there.json("import", nameless.root().toString());
    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.error()).contains("import PATH NAME");
    assertThat(there.json("import", nameless.root().toString(), "notag").exitCode()).isEqualTo(2);
    assertThat(kraft.blobs()).isEmpty();
    AtRest.assertNothingLeft(kraft.root());

    there.done("import", nameless.root().toString(), "x:v1");
    assertThat(kraft.link("x:v1")).isSymbolicLink();
    assertThat(kraft.blobs()).as("with an index of its own").hasSize(4);
    assertThat(there.findings()).isEmpty();
    there.done("delete", "x:v1");
    assertThat(kraft.paths()).containsExactly("digests", "digests/sha256", "indexes");
    AtRest.assertNothingLeft(kraft.root());
    program.done("import", source.root().toString());
  }
}
