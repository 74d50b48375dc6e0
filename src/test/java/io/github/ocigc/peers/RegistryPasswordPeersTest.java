package io.github.ocigc.peers;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ocigc.fixture.AtRest;
import io.github.ocigc.fixture.DockerRegistry;
import io.github.ocigc.fixture.LayoutFixture;
import io.github.ocigc.fixture.Program;
import io.github.ocigc.fixture.Program.Run;
import io.github.ocigc.fixture.Secrets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** A real registry with a password. */
@EnabledIf("io.github.ocigc.fixture.DockerRegistry#wanted")
final class RegistryPasswordPeersTest {
  private static final Secrets RIGHT = new Secrets(DockerRegistry.USER, DockerRegistry.PASSWORD);
  private static final Secrets WRONG = new Secrets(DockerRegistry.USER, "not-the-password");

  @TempDir Path folder;
  @TempDir Path served;
  private DockerRegistry registry;
  private LayoutFixture images;
  private String reference;

  @BeforeEach
  void startRegistryAndBuildAnImage() {
    registry = DockerRegistry.withPassword(served);
    images = new LayoutFixture(folder.resolve("images"));
    images.image("app").layers(2).tag();
    reference = registry.name() + "/team/app:v1";
  }

  @AfterEach
  void nothingIsLeft() {
    registry.close();
    AtRest.assertNothingLeft(images.root());
    AtRest.assertNothingLeft(folder.resolve("store"));
  }

  private String file(Secrets secrets) {
    return secrets.file(folder.resolve("auth.json"), registry.name()).toString();
  }

  @Test
  void anImageGoesAndComesWithTheFileThatIsNamed() {
    Path store = folder.resolve("store");

    Run push = new Program(images.root()).json("push", "--authfile", file(RIGHT), "app", reference);
    Run pull = new Program(store).json("pull", "--authfile", file(RIGHT), reference);

    assertThat(push.exitCode()).as(push.out()).isZero();
    assertThat(pull.exitCode()).as(pull.out()).isZero();
    assertThat(LayoutFixture.blobs(store)).isEqualTo(images.blobs());
    RIGHT.assertNowhere(push, images.root());
    RIGHT.assertNowhere(pull, store);
  }

  @Test
  void anImageGoesAndComesWithDockersOwnFile() {
    RIGHT.file(folder.resolve("docker/config.json"), registry.name());
    Map<String, String> shell = Map.of("DOCKER_CONFIG", folder.resolve("docker").toString());
    Path store = folder.resolve("store");

    new Program(images.root()).with(shell).done("push", "app", reference);
    new Program(store).with(shell).done("pull", reference);

    assertThat(LayoutFixture.blobs(store)).isEqualTo(images.blobs());
  }

  @Test
  void aWrongPasswordIsRefusedWithAHintAndWrittenNowhere() {
    Program program = new Program(images.root());

    Run push = program.json("push", "--authfile", file(WRONG), "app", reference);
    Run pull = program.text("pull", "--authfile", file(WRONG), reference);

    assertThat(push.exitCode()).isEqualTo(6);
    assertThat(push.error()).contains("401").contains("docker login");
    assertThat(pull.exitCode()).isEqualTo(6);
    assertThat(pull.err()).contains("docker login");
    WRONG.assertNowhere(push, images.root());
    WRONG.assertNowhere(pull, images.root());
    assertThat(program.sql("SELECT digest FROM pushed")).isEmpty();
    assertThat(program.findings()).isEmpty();
  }

  @Test
  void withoutAPasswordTheHintIsTheSame() {
    Run pull = new Program(images.root()).json("pull", reference);

    assertThat(pull.exitCode()).isEqualTo(6);
    assertThat(pull.error()).contains("401").contains("docker login");
  }
}
