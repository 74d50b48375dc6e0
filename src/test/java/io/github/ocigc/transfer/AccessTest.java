package io.github.ocigc.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.ocigc.fixture.FakeRegistry;
import io.github.ocigc.fixture.Item;
import io.github.ocigc.fixture.Offer;
import io.github.ocigc.fixture.Program.Run;
import io.github.ocigc.fixture.RegistryTokens;
import io.github.ocigc.fixture.Secrets;
import io.github.ocigc.fixture.SelfSigned;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Registries that want to know who asks, and those that have their blobs elsewhere. */
final class AccessTest {
  private static final Secrets RIGHT = new Secrets(RegistryTokens.USER, RegistryTokens.PASSWORD);
  private static final Secrets WRONG = new Secrets(RegistryTokens.USER, "not-the-password");

  @TempDir Path folder;
  private Scene scene;
  private Item image;
  private String reference;

  @BeforeEach
  void holdOneImageAndOfferAnother() {
    scene = new Scene(folder);
    scene.program.done("pull", scene.image("team/before", "v1"));
    image = scene.built("app");
    reference = scene.offer.tag("team/app", "v1", image);
  }

  @AfterEach
  void nothingIsLeft() {
    scene.close();
    scene.assertAtRest();
    assertThat(scene.program.findings()).isEmpty();
  }

  private String authFile(Secrets secrets) {
    return secrets.file(folder.resolve("auth.json"), scene.registry.name()).toString();
  }

  @Test
  void withoutCredentialsAPullFailsAndSaysHowToLogIn() {
    scene.registry.basic();

    String error = scene.breaks("pull", reference);

    assertThat(error).contains("401").contains("docker login");
  }

  @Test
  void aWrongPasswordFailsAndIsWrittenNowhere() {
    scene.registry.basic();
    String file = authFile(WRONG);

    Run run = scene.program.json("pull", "--authfile", file, reference);

    assertThat(run.exitCode()).isEqualTo(6);
    assertThat(run.error()).contains("login").contains(file);
    WRONG.assertNowhere(run, scene.store);
    WRONG.assertNowhere(scene.program.text("pull", "--authfile", file, reference), scene.store);
  }

  @Test
  void theRightPasswordPullsAndIsWrittenNowhere() {
    scene.registry.basic();

    Run run = scene.program.json("pull", "--authfile", authFile(RIGHT), reference);

    assertThat(run.exitCode()).as(run.out()).isZero();
    RIGHT.assertNowhere(run, scene.store);
  }

  @Test
  void dockersOwnFileIsFoundByItsVariable() {
    scene.registry.basic();
    RIGHT.file(folder.resolve("docker/config.json"), scene.registry.name());

    JsonNode report =
        scene
            .program
            .with(Map.of("DOCKER_CONFIG", folder.resolve("docker").toString()))
            .done("pull", reference);

    assertThat(report.path("digest").asText()).isEqualTo(image.digest());
  }

  @Test
  void podmansFileIsFoundByItsVariable() {
    scene.registry.basic();

    scene.program.with(Map.of("REGISTRY_AUTH_FILE", authFile(RIGHT))).done("pull", reference);

    assertThat(scene.listed()).contains(reference);
  }

  @Test
  void aFileOfCredentialsThatIsNotThereIsAMistake() {
    String error = scene.refuses(2, "pull", "--authfile", "nowhere.json", reference);

    assertThat(error).contains("nowhere.json");
  }

  @Test
  void aTokenServerIsAskedOnceForAPull() {
    scene.registry.bearer();

    Run run = scene.program.json("pull", "--authfile", authFile(RIGHT), reference);

    assertThat(run.exitCode()).as(run.out()).isZero();
    assertThat(scene.registry.tokens().given()).isEqualTo(1);
    RIGHT.assertNowhere(run, scene.store);
  }

  @Test
  void aTokenServerThatKnowsNobodyFailsThePull() {
    scene.registry.bearer();

    assertThat(scene.breaks("pull", reference)).contains("login");
  }

  @Test
  void aTokenServerThatServesAnybodyNeedsNoCredentials() {
    scene.registry.bearer().tokens().forAnybody();

    scene.program.done("pull", reference);
  }

  @Test
  void aTokenThatIsWorthNothingAnyMoreIsReplacedInTheMiddle() {
    scene.registry.bearer().tokens().expireIn(1);
    scene.registry.blobFaults().busy("2");

    scene.program.done("pull", "-j", "1", "--authfile", authFile(RIGHT), reference);

    assertThat(scene.registry.tokens().given()).isGreaterThan(1);
  }

  @Test
  void aPushAsksForATokenToPush() {
    scene.program.done("pull", reference);
    scene.registry.bearer();
    String target = scene.registry.name() + "/team/copy:v1";

    Run run = scene.program.json("push", "--authfile", authFile(RIGHT), "app:v1", target);

    assertThat(run.exitCode()).as(run.out()).isZero();
    assertThat(scene.registry.content().findManifest("team/copy", "v1")).isPresent();
    RIGHT.assertNowhere(run, scene.store);
  }

  @Test
  void aRedirectToAnotherHostDoesNotTakeTheCredentialsAlong() {
    try (FakeRegistry elsewhere = FakeRegistry.start()) {
      new Offer(elsewhere, scene.images).tag("team/app", "v1", image);
      scene.registry.basic().content().redirectBlobs("http://" + elsewhere.otherName());

      scene.program.done("pull", "--authfile", authFile(RIGHT), reference);

      assertThat(elsewhere.requests("GET /v2/team/app/blobs/")).hasSize(2);
      assertThat(elsewhere.requests())
          .allMatch(request -> request.header("Authorization").isEmpty());
    }
  }

  @Test
  void whatTheOtherHostSendsIsCheckedAsWell() {
    try (FakeRegistry elsewhere = FakeRegistry.start()) {
      Offer offer = new Offer(elsewhere, scene.images);
      offer.tag("team/app", "v1", image);
      Item layer = scene.images.layer("team app");
      Item other = scene.images.image("other").layer(layer).item();
      String broken = scene.offer.tag("team/other", "v1", other);
      offer.tag("team/other", "v1", other);
      offer.instead("team/other", layer, new byte[(int) layer.size()]);
      scene.registry.content().redirectBlobs("http://" + elsewhere.otherName());

      String error = scene.refuses(4, "pull", broken);

      assertThat(error).contains(layer.digest());
    }
  }

  @Test
  void aCertificateThatNobodyVouchesForNeedsAFileOrAnOption() {
    SelfSigned own = SelfSigned.make(folder, "ip:127.0.0.1");
    try (FakeRegistry tls = FakeRegistry.startTls(own)) {
      String secure = new Offer(tls, scene.images).tag("team/app", "v1", image);
      assertThat(scene.breaks("pull", secure)).contains("--ca-file").contains("--insecure");

      String file = own.certificateFile(folder.resolve("ca.pem")).toString();
      scene.program.done("pull", "--ca-file", file, secure);
      assertThat(scene.program.done("pull", "--insecure", secure).path("reused_blobs").asInt())
          .isEqualTo(4);
    }
  }
}
