package io.github.ocigc.archive;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ocigc.fixture.Item;
import io.github.ocigc.fixture.LayoutFixture;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What docker load is told of an image. */
final class DockerManifestJsonTest {
  @TempDir Path folder;
  private LayoutFixture layout;
  private Item layer;
  private Item image;

  @BeforeEach
  void buildAnImage() {
    layout = new LayoutFixture(folder);
    layer = layout.layer("one");
    image = layout.image("app").layer(layer).layer(layer).item();
  }

  private Optional<String> of(Item item, String name) throws IOException {
    return DockerManifestJson.of(Files.readAllBytes(layout.file(item)), name)
        .map(bytes -> new String(bytes, StandardCharsets.UTF_8));
  }

  @Test
  void itPointsToTheBlobsEveryTimeTheyAreUsed() throws IOException {
    String path = "blobs/" + layer.digest().replace(':', '/');
    assertThat(of(image, "app:v1").orElseThrow().replaceAll("\"Config\":\"blobs/[^\"]*\"", "…"))
        .isEqualTo(
            "[{…,\"RepoTags\":[\"app:v1\"],\"Layers\":[\"%s\",\"%s\"]}]".formatted(path, path));
  }

  @ParameterizedTest
  @CsvSource({
    "app, '[\"app:latest\"]'",
    "docker.io/library/app:v1, '[\"app:v1\"]'",
    "docker.io/some/app:v1, '[\"some/app:v1\"]'",
    "ghcr.io/some/app, '[\"ghcr.io/some/app:latest\"]'",
    "localhost:5000/app, '[\"localhost:5000/app:latest\"]'",
    "App, null",
    "'', null",
    "a b, null"
  })
  void theNameIsWrittenAsDockerDoes(String name, String tags) throws IOException {
    assertThat(of(image, name).orElseThrow()).contains("\"RepoTags\":" + tags + ",");
  }

  @Test
  void whatDockerCannotLoadHasNone() throws IOException {
    assertThat(of(layout.index(image), "app")).isEmpty();
    Item foreign =
        layout.blob("application/vnd.oci.image.layer.nondistributable.v1.tar", new byte[] {1});
    assertThat(of(layout.image("foreign").layer(foreign).item(), "app")).isEmpty();
    assertThat(DockerManifestJson.of("garbage".getBytes(StandardCharsets.UTF_8), "app")).isEmpty();
  }
}
