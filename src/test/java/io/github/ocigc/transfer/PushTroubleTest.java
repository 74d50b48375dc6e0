package io.github.ocigc.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ocigc.fixture.AtRest;
import io.github.ocigc.fixture.FakeRegistry;
import io.github.ocigc.fixture.Item;
import io.github.ocigc.fixture.LayoutFixture;
import io.github.ocigc.fixture.Program;
import io.github.ocigc.fixture.Program.Run;
import io.github.ocigc.fixture.RegistryFaults.Fault;
import io.github.ocigc.fixture.StoreFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pushes that are mistaken, and registries that are ill. */
final class PushTroubleTest {
  private static final int FOR_EVER = 100;

  @TempDir Path folder;
  private final FakeRegistry registry = FakeRegistry.start();
  private LayoutFixture store;
  private Program program;
  private Item layer;
  private Item app;
  private Map<String, String> before = Map.of();

  @BeforeEach
  void buildAnImage() {
    store = new LayoutFixture(folder.resolve("store"));
    program = new Program(store.root());
    byte[] bytes = new byte[300_000];
    new Random(1).nextBytes(bytes);
    layer = store.blob(LayoutFixture.LAYER, bytes);
    app = store.image("app").layer(layer).tag();
    program.done("ls");
    before = StoreFiles.everything(store.root());
  }

  @AfterEach
  void nothingIsLeftAndNoFileHasChanged() {
    registry.close();
    AtRest.assertNothingLeft(store.root());
    assertThat(StoreFiles.everything(store.root())).isEqualTo(before);
  }

  private String target() {
    return registry.name() + "/team/app:v1";
  }

  private String fails(int code, String... args) {
    Run run = program.json(args);
    assertThat(run.exitCode()).as(run.out() + run.err()).isEqualTo(code);
    AtRest.assertNothingLeft(store.root());
    assertThat(registry.content().findManifest("team/app", "v1")).isEmpty();
    assertThat(program.sql("SELECT digest FROM pushed")).isEmpty();
    return run.error();
  }

  @Test
  void aNameWithoutARegistryNeedsATarget() {
    assertThat(fails(2, "push", "app")).contains("registry/repository:tag");
    assertThat(fails(2, "push", app.digest())).contains("registry/repository:tag");
  }

  @Test
  void whatIsNotInTheStoreIsNotFound() {
    assertThat(fails(3, "push", "nothing", target())).contains("nothing");
    assertThat(fails(3, "push", "sha256:" + "0".repeat(64), target())).contains("sha256:000");
  }

  @Test
  void aTargetThatIsNoReferenceIsExplained() {
    assertThat(fails(2, "push", "app", registry.name() + "/Team/App:v1")).contains("lower-case");
    assertThat(fails(2, "push", "app", registry.name() + "/team/app:")).contains("tag");
  }

  @Test
  void aMissingLayerIsNotFound() {
    store.remove(layer);
    before = StoreFiles.everything(store.root());

    assertThat(fails(3, "push", "app", target())).contains(layer.digest());
  }

  @Test
  void aLayerThatIsDamagedIsNotPassedOn() throws IOException {
    byte[] bytes = Files.readAllBytes(store.file(layer));
    bytes[100] ^= 1;
    Files.write(store.file(layer), bytes);
    before = StoreFiles.everything(store.root());

    Run run = program.json("push", "app", target());

    assertThat(run.exitCode()).as(run.out()).isEqualTo(4);
    assertThat(run.error()).contains(layer.digest());
    assertThat(registry.content().findManifest("team/app", "v1")).isEmpty();
  }

  @Test
  void aTruncatedLayerIsNotPassedOn() throws IOException {
    Files.write(store.file(layer), new byte[] {1, 2, 3});
    before = StoreFiles.everything(store.root());

    Run run = program.json("push", "app", target());

    assertThat(run.exitCode()).as(run.out()).isEqualTo(4);
    assertThat(run.error()).contains(layer.digest());
    assertThat(registry.content().findManifest("team/app", "v1")).isEmpty();
  }

  @Test
  void aManifestThatIsDamagedIsNotPassedOn() {
    StoreFiles.overwrite(store.file(app), "{\"schemaVersion\":2,\"layers\":[");
    before = StoreFiles.everything(store.root());

    assertThat(program.json("push", "app", target()).exitCode()).isEqualTo(4);
    assertThat(registry.content().findManifest("team/app", "v1")).isEmpty();
  }

  @Test
  void aManifestThatWasChangedButStillReadsIsNotPassedOn() throws IOException {
    String text = Files.readString(store.file(app));
    StoreFiles.overwrite(
        store.file(app), text.replace("\"schemaVersion\":2", "\"schemaVersion\":3"));
    before = StoreFiles.everything(store.root());

    assertThat(program.json("push", "app", target()).exitCode()).isEqualTo(4);
    assertThat(registry.content().findManifest("team/app", "v1")).isEmpty();
  }

  @Test
  void aConnectionThatDropsInTheMiddleOfAnUploadIsMadeAgain() {
    registry.uploadFaults().dropAfter(100_000);

    program.done("push", "app", target());

    assertThat(registry.content().findManifest("team/app", "v1")).isPresent();
    assertThat(registry.uploadFaults().spent()).isTrue();
  }

  @Test
  void anAnswerThatIsLostDoesNoHarm() {
    registry.uploadFaults().next(new Fault.Swallow());
    registry.manifestFaults().next(new Fault.None()).next(new Fault.Swallow());

    program.done("push", "app", target());

    assertThat(registry.content().findManifest("team/app", "v1")).isPresent();
  }

  @Test
  void aRegistryThatRecoversGetsTheImage() {
    registry.uploadFaults().busy("0").fail(1, 500);
    registry.manifestFaults().fail(1, 503);

    program.done("push", "app", target());

    assertThat(registry.content().findManifest("team/app", "v1")).isPresent();
  }

  @Test
  void aRegistryThatIsIllForEverIsGivenUpAndASecondPushSendsTheRest() {
    registry.uploadFaults().next(new Fault.None()).fail(FOR_EVER, 500);
    assertThat(fails(6, "push", "-j", "1", "app", target())).contains("500");
    registry.uploadFaults().heal();

    var report = program.done("push", "app", target());

    assertThat(report.path("existing_blobs").asInt()).as("the layer").isEqualTo(1);
    assertThat(report.path("uploaded_blobs").asInt()).as("config and manifest").isEqualTo(2);
  }

  @Test
  void aRegistryThatTakesNoManifestIsNotNotedAsHavingIt() {
    registry.manifestFaults().fail(FOR_EVER, 400);

    assertThat(fails(6, "push", "app", target())).contains("400");
  }

  @Test
  void aRegistryThatWantsAPasswordSaysHowToLogIn() {
    registry.basic();

    assertThat(fails(6, "push", "app", target())).contains("docker login");
  }

  @Test
  void aStoreThatIsNoneCannotBePushedFrom() {
    Run run = new Program(folder.resolve("nowhere")).json("push", "app", target());

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(folder.resolve("nowhere")).doesNotExist();
  }
}
