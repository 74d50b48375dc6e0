package io.github.ocigc.peers;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ocigc.archive.DockerManifestJson;
import io.github.ocigc.archive.Format;
import io.github.ocigc.archive.ImageSource;
import io.github.ocigc.archive.ImageSource.Named;
import io.github.ocigc.archive.ImageTarget;
import io.github.ocigc.fixture.Item;
import io.github.ocigc.fixture.LayoutFixture;
import io.github.ocigc.fixture.RealLayers;
import io.github.ocigc.oci.Descriptor;
import io.github.ocigc.oci.Digest;
import io.github.ocigc.oci.Document;
import io.github.ocigc.oci.Link;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** Archives that skopeo writes are read, and it reads what we write. */
@EnabledIf("toolsAreWanted")
final class ArchivePeersTest {
  @TempDir Path folder;
  private LayoutFixture layout;
  private RealLayers layers;
  private Item app;

  static boolean toolsAreWanted() {
    return Peer.wanted();
  }

  @BeforeEach
  void buildAnImageOfRealLayers() {
    layout = new LayoutFixture(folder.resolve("layout"));
    layers = new RealLayers(layout);
    app = layers.image("one", "two");
    layout.tag(app, "app");
  }

  private ImageSource open(Path path) {
    return ImageSource.open(path, folder, 4 << 20);
  }

  private static void skopeo(String from, String to) {
    Peer.SKOPEO.run("copy", from, to);
  }

  @Test
  void anOciArchiveOfSkopeosHasTheSameImage() {
    Path archive = folder.resolve("app.tar");
    skopeo("oci:" + layout.root() + ":app", "oci-archive:" + archive + ":app:v1");
    try (ImageSource source = open(archive)) {
      Named image = source.images().get(0);
      assertThat(image.name()).isEqualTo("app:v1");
      assertThat(image.manifest().digest().toString()).isEqualTo(app.digest());
      for (Link link : links(source, image.manifest())) {
        assertThat(source.size(link.digest())).hasValue(link.sizeBytes());
      }
    }
  }

  private static List<Link> links(ImageSource source, Descriptor manifest) {
    byte[] bytes = source.document(manifest.digest()).orElseThrow();
    return Document.read(bytes, Document.Dialect.OCI).orElseThrow().links();
  }

  @Test
  void aDockerArchiveOfSkopeosIsAnImageOfItsUncompressedLayers() throws IOException {
    Path archive = folder.resolve("docker.tar");
    skopeo("oci:" + layout.root() + ":app", "docker-archive:" + archive + ":example/app:v1");
    try (ImageSource source = open(archive)) {
      Named image = source.images().get(0);
      assertThat(image.name()).isIn("example/app:v1", "docker.io/example/app:v1");
      assertThat(links(source, image.manifest()))
          .extracting(link -> link.digest().toString())
          .containsAll(layers.diffIds("one", "two"));

      Path rewritten = folder.resolve("rewritten.tar");
      write(source, image, rewritten, Format.of(rewritten));
      assertThat(PeerLayout.diffIds("oci-archive:" + rewritten + ":app:v2"))
          .isEqualTo(layers.diffIds("one", "two"));
    }
  }

  /** What an export does, without a store: all blobs of one image, and its name. */
  private void write(ImageSource source, Named image, Path to, Format format) throws IOException {
    byte[] manifest = source.document(image.manifest().digest()).orElseThrow();
    LayoutFixture blobs = new LayoutFixture(Files.createTempDirectory(folder, "blobs"));
    try (ImageTarget target = ImageTarget.create(to, format, false)) {
      for (Link link : links(source, image.manifest())) {
        Path file = blobs.file(link.digest().toString());
        source.read(Set.of(link.digest()), new FileSinks(file));
        try (InputStream in = Files.newInputStream(file)) {
          target.blob(link.digest(), Files.size(file), in);
        }
      }
      Digest digest = image.manifest().digest();
      target.blob(digest, manifest.length, new ByteArrayInputStream(manifest));
      target.finish(
          """
          {"schemaVersion":2,"manifests":[{"mediaType":"%s","digest":"%s","size":%d,\
          "annotations":{"org.opencontainers.image.ref.name":"app:v2"}}]}"""
              .formatted(LayoutFixture.MANIFEST, digest, manifest.length)
              .getBytes(StandardCharsets.UTF_8),
          DockerManifestJson.of(manifest, "app:v2"));
    }
  }

  @Test
  void skopeoReadsWhatWeWriteAsOciArchiveAsDockerArchiveAndAsLayout() throws IOException {
    try (ImageSource source = open(layout.root())) {
      Named image = source.images().get(0);
      for (String name : List.of("out.tar", "out.tar.gz", "out")) {
        Path to = folder.resolve(name);
        write(source, image, to, Format.of(to));
      }
    }
    String copied = "oci:" + folder.resolve("copied");
    skopeo("oci:" + folder.resolve("out") + ":app:v2", copied + ":folder");
    skopeo("oci-archive:" + folder.resolve("out.tar") + ":app:v2", copied + ":tar");
    skopeo("oci-archive:" + folder.resolve("out.tar.gz") + ":app:v2", copied + ":gz");
    for (String tag : List.of("folder", "tar", "gz")) {
      assertThat(new PeerLayout(folder.resolve("copied")).digest(tag)).isEqualTo(app.digest());
    }
    // not the tar.gz: skopeo 1.9.3 finds no manifest.json in any docker-archive that is gzip
    String docker = "docker-archive:" + folder.resolve("out.tar");
    skopeo(docker + ":app:v2", copied + ":docker");
    assertThat(PeerLayout.diffIds(docker)).isEqualTo(layers.diffIds("one", "two"));
  }

  @Test
  void whatSkopeoPipesIsReadFromTheStream() throws IOException {
    Path archive = folder.resolve("app.tar");
    skopeo("oci:" + layout.root() + ":app", "oci-archive:" + archive);
    try (InputStream in = Files.newInputStream(archive);
        ImageSource source = ImageSource.open(in, "standard input", folder, 4 << 20)) {
      assertThat(source.images()).extracting(Named::name).containsExactly("");
      assertThat(source.images().get(0).manifest().digest().toString()).isEqualTo(app.digest());
    }
  }
}
