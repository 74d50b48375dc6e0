package io.github.ocigc.verb;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.ocigc.fixture.Item;
import io.github.ocigc.fixture.LayoutFixture;
import io.github.ocigc.fixture.Program;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person may write for a reference. */
final class ReferenceResolutionTest {
  private static final String NGINX = "docker.io/library/nginx:latest";

  @TempDir Path folder;
  private LayoutFixture layout;
  private Program program;
  private Item nginx;
  private Item app;

  @BeforeEach
  void makeLayout() {
    layout = new LayoutFixture(folder.resolve("store"));
    program = new Program(layout.root());
    nginx = layout.image("nginx").layers(1).item();
    layout.tag(nginx, NGINX).tag(nginx, "docker.io/library/nginx:1.25");
    app = layout.image("app").layers(1).item();
    layout.tag(app, "quay.io/team/app:v1").tag(app, "quay.io/other/app:v1");
  }

  private String digestOf(String text) {
    return program.done("tree", text).path("digest").asText();
  }

  private JsonNode refused(int exitCode, String text) {
    Program.Run run = program.json("tree", text);
    assertThat(run.exitCode()).isEqualTo(exitCode);
    return run.json().path("error");
  }

  @Test
  void theExactName() {
    assertThat(digestOf(NGINX)).isEqualTo(nginx.digest());
  }

  @Test
  void shortFormsThatMatchOneName() {
    assertThat(digestOf("nginx")).isEqualTo(nginx.digest());
    assertThat(digestOf("nginx:1.25")).isEqualTo(nginx.digest());
    assertThat(digestOf("library/nginx")).isEqualTo(nginx.digest());
    assertThat(digestOf("team/app:v1")).isEqualTo(app.digest());
  }

  @Test
  void theExactNameComesBeforeAnyShortForm() {
    layout.tag(app, "nginx");
    assertThat(digestOf("nginx")).isEqualTo(app.digest());
  }

  @Test
  void anAmbiguousShortFormListsTheCandidates() {
    JsonNode error = refused(2, "app:v1");
    assertThat(error.path("message").asText())
        .contains("quay.io/team/app:v1", "quay.io/other/app:v1");
  }

  @Test
  void aPartOfAWordIsNoShortForm() {
    JsonNode error = refused(3, "ginx");
    assertThat(error.path("code").asText()).isEqualTo("not_found");
    assertThat(error.path("message").asText()).contains("Similar", NGINX);
    refused(3, "app");
  }

  @Test
  void digestsWholeAndShort() {
    assertThat(digestOf(nginx.digest())).isEqualTo(nginx.digest());
    assertThat(digestOf(nginx.digest().substring(0, 7 + 12))).isEqualTo(nginx.digest());
  }

  @Test
  void aDigestThatIsTooShortOrNoneIsAMistake() {
    refused(2, "sha256:abc");
    refused(2, "sha256:" + "x".repeat(64));
    refused(3, "sha256:" + "0".repeat(64));
    refused(3, "sha256:" + "0".repeat(12));
  }

  @Test
  void aShortDigestOfSeveralContentsIsAmbiguous() {
    String prefix = twoThatBeginAlike();
    JsonNode error = refused(2, prefix);
    assertThat(error.path("message").asText()).contains(prefix);
  }

  /** Files are what their names say, so two that begin alike need not be searched for. */
  private String twoThatBeginAlike() {
    String prefix = "sha256:abcdef";
    for (String rest : new String[] {"0", "1"}) {
      Item item = new Item(LayoutFixture.LAYER, prefix + rest.repeat(58), 1);
      layout.tag(layout.image("lost layer " + rest).layer(item).item(), "lost" + rest);
    }
    return prefix;
  }

  @Test
  void aNameWithADigestMeansThatOneOfThem() {
    layout.tag(app, NGINX);
    assertThat(refused(2, NGINX).path("message").asText())
        .contains(NGINX + "@" + app.digest(), NGINX + "@" + nginx.digest());
    assertThat(digestOf(NGINX + "@" + app.digest())).isEqualTo(app.digest());
    assertThat(digestOf("nginx@" + nginx.digest())).isEqualTo(nginx.digest());
    refused(3, "quay.io/team/app:v1@" + nginx.digest());
  }
}
