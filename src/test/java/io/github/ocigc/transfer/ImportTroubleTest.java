package io.github.ocigc.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ocigc.fixture.AtRest;
import io.github.ocigc.fixture.Item;
import io.github.ocigc.fixture.LayoutFixture;
import io.github.ocigc.fixture.Program;
import io.github.ocigc.fixture.Program.Run;
import io.github.ocigc.fixture.StoreFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Archives that are damaged, hostile, or none: the store is as it was. */
final class ImportTroubleTest {
  @TempDir Path folder;
  private LayoutFixture source;
  private Item layer;
  private Item app;
  private Path store;
  private Program program;
  private Map<String, String> before = Map.of();

  @BeforeEach
  void holdOneImageAndBuildAnother() {
    LayoutFixture layout = new LayoutFixture(folder.resolve("below/store"));
    layout.image("before").layers(1).tag();
    store = layout.root();
    program = new Program(store);
    program.done("ls");
    before = StoreFiles.everything(folder.resolve("below"));
    before.keySet().removeIf(path -> path.startsWith("store/.ocigc"));
    source = new LayoutFixture(folder.resolve("source"));
    layer = source.layer("a layer");
    app = source.image("app").layer(layer).tag();
  }

  @AfterEach
  void theStoreIsAsItWas() {
    AtRest.assertNothingLeft(store);
    Map<String, String> after = StoreFiles.everything(folder.resolve("below"));
    after.keySet().removeIf(path -> path.startsWith("store/.ocigc"));
    assertThat(after).isEqualTo(before);
    assertThat(program.findings()).isEmpty();
    assertThat(program.done("ls").findValuesAsText("reference")).containsExactly("before");
  }

  private String refused(int code, Path from, String... more) {
    String[] args = new String[2 + more.length];
    args[0] = "import";
    args[1] = from.toString();
    System.arraycopy(more, 0, args, 2, more.length);
    Run run = program.json(args);
    assertThat(run.exitCode()).as(run.out() + run.err()).isEqualTo(code);
    return run.error();
  }

  @ParameterizedTest
  @CsvSource({
    "../escaped, text",
    "../../escaped, text",
    "blobs/sha256/../../../escaped, text",
    "/tmp/ocigc-escaped, text",
    "blobs/sha256/link, -> /etc/passwd",
    "index.json, -> ../../../../etc/passwd"
  })
  void anEntryThatClimbsOutIsRefusedOrPassedOver(String name, String content) {
    Path archive = Tars.of(source.root(), folder.resolve("evil.tar"), Map.of(name, content));

    Run run = program.json("import", archive.toString());

    if (run.exitCode() == 0) {
      assertThat(LayoutFixture.blobs(store)).containsAll(source.blobs());
      program.done("delete", "app");
    } else {
      assertThat(run.exitCode()).as(run.out()).isIn(2, 4);
      assertThat(run.error()).doesNotContain("should not have happened");
    }
    assertThat(Path.of("/tmp/ocigc-escaped")).doesNotExist();
    assertThat(folder.resolve("escaped")).doesNotExist();
  }

  @Test
  void aBlobOfWrongBytesIsRefused() throws IOException {
    byte[] bytes = Files.readAllBytes(source.file(layer));
    bytes[0] ^= 1;
    Files.write(source.file(layer), bytes);

    assertThat(refused(4, Tars.of(source.root(), folder.resolve("bad.tar"))))
        .contains(layer.digest());
    assertThat(refused(4, source.root())).contains(layer.digest());
  }

  @Test
  void aManifestOfWrongBytesIsRefused() throws IOException {
    StoreFiles.overwrite(
        source.file(app), Files.readString(source.file(app)).replace("\"layers\"", "\"layerz\""));

    assertThat(refused(4, source.root())).contains(app.digest());
  }

  @Test
  void aBlobOfTheWrongLengthIsRefused() {
    StoreFiles.overwrite(source.file(layer), "short");

    refused(4, Tars.of(source.root(), folder.resolve("bad.tar.gz")));
  }

  @Test
  void aMissingLayerIsNotFound() {
    source.remove(layer);

    assertThat(refused(3, source.root())).contains(layer.digest());
  }

  @Test
  void anArchiveThatEndsInTheMiddleIsRefused() throws IOException {
    Path archive = Tars.of(source.root(), folder.resolve("cut.tar.gz"));
    byte[] bytes = Files.readAllBytes(archive);
    Files.write(archive, java.util.Arrays.copyOf(bytes, bytes.length / 2));

    assertThat(program.json("import", archive.toString()).exitCode()).isIn(2, 4);
  }

  @Test
  void whatIsNoArchiveIsExplained() throws IOException {
    Path text = Files.writeString(folder.resolve("letter.txt"), "dear ".repeat(500));
    assertThat(refused(2, text)).contains("letter.txt");
    Path empty = Files.createDirectory(folder.resolve("empty"));
    assertThat(refused(2, empty)).contains(empty.toString());
    assertThat(refused(2, folder.resolve("nowhere.tar"))).contains("nowhere.tar");
  }

  @Test
  void anArchiveWithoutImagesIsNotFound() {
    LayoutFixture none = new LayoutFixture(folder.resolve("none"));

    assertThat(refused(3, none.root())).contains("no images");
  }

  @Test
  void aPlatformThatIsNotThereIsNotFound() {
    source.tag(source.platforms(java.util.List.of("linux/s390x"), java.util.List.of(app)), "multi");

    assertThat(refused(3, source.root(), "multi", "--platform", "linux/mips"))
        .contains("linux/s390x");
  }

  @Test
  void aNameThatNoStoreCanHaveIsRefused() {
    assertThat(refused(2, source.root(), "../up and away")).contains("../up and away");
  }

  @Test
  void theStoreItselfCanBeImportedWithoutHarm() {
    assertThat(program.done("import", store.toString()).path("downloaded_blobs").asInt()).isZero();
  }
}
