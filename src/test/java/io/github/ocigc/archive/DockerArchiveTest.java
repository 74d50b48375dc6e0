package io.github.ocigc.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ocigc.archive.ImageSource.Named;
import io.github.ocigc.fixture.LayoutFixture;
import io.github.ocigc.oci.Descriptor;
import io.github.ocigc.oci.Digest;
import io.github.ocigc.oci.Document;
import io.github.ocigc.oci.Hash;
import io.github.ocigc.oci.Link;
import io.github.ocigc.oci.OcigcException;
import io.github.ocigc.oci.Role;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Archives of configs and layers with paths, without an OCI manifest. */
final class DockerArchiveTest {
  private static final byte[] ONE = DockerTar.layer("one");
  private static final byte[] TWO = DockerTar.layer("two");

  @TempDir Path folder;
  private Path file;
  private DockerTar docker;

  @BeforeEach
  void begin() {
    file = folder.resolve("saved.tar");
    docker = new DockerTar();
  }

  private ImageSource open() {
    return ImageSource.open(file, folder, 1 << 20);
  }

  private void damaged(TarBuilder tar, String why) {
    tar.at(file);
    assertThatThrownBy(this::open)
        .isInstanceOf(OcigcException.Damaged.class)
        .hasMessageStartingWith(file + " cannot be trusted: ")
        .hasMessageContaining(why);
  }

  /** Two layers, in folders named as docker did. */
  private Digest plainImage(String... names) {
    docker.file("a/layer.tar", ONE).file("b/layer.tar", TWO);
    return docker.image(
        List.of("a/layer.tar", "b/layer.tar"),
        List.of(DockerTar.id(ONE), DockerTar.id(TWO)),
        names);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void itsImageIsGivenAnOciManifestThatIsServedWithConfigAndLayers(boolean gzip) {
    Digest config = plainImage("app:v1");
    TarBuilder tar = docker.done();
    Path ignored = gzip ? tar.gzipAt(file) : tar.at(file);
    Collected collected = new Collected();
    try (ImageSource source = open()) {
      assertThat(source.images()).extracting(Named::name).containsExactly("app:v1");
      Descriptor manifest = source.images().get(0).manifest();
      byte[] bytes = source.document(manifest.digest()).orElseThrow();
      long size = source.size(config).orElseThrow();
      assertThat(text(bytes))
          .isEqualTo(
              ("{'schemaVersion':2,'mediaType':'application/vnd.oci.image.manifest.v1+json',"
                      + "'config':{'mediaType':'application/vnd.oci.image.config.v1+json',"
                      + "'digest':'%s','size':%d},'layers':["
                      + "{'mediaType':'application/vnd.oci.image.layer.v1.tar','digest':'%s',"
                      + "'size':2100},"
                      + "{'mediaType':'application/vnd.oci.image.layer.v1.tar','digest':'%s',"
                      + "'size':2100}]}")
                  .replace('\'', '"')
                  .formatted(config, size, DockerTar.id(ONE), DockerTar.id(TWO)));
      assertThat(manifest)
          .isEqualTo(new Descriptor(LayoutFixture.MANIFEST, Hash.sha256(bytes), bytes.length));

      Set<Digest> all =
          Document.read(bytes, Document.Dialect.OCI).orElseThrow().links().stream()
              .map(Link::digest)
              .collect(Collectors.toSet());
      all.add(manifest.digest());
      assertThat(source.read(all, collected)).isEqualTo(all);
      assertThat(collected.blobs.keySet()).isEqualTo(all).hasSize(4);
      assertThat(source.document(config)).isPresent();
    }
  }

  @Test
  void severalNamesAreSeveralEntriesWithOneManifestAndNoNameIsTheEmptyOne() {
    plainImage("app:v1", "registry.example/app:v2");
    docker.image(List.of("a/layer.tar"), List.of(DockerTar.id(ONE)));
    docker.done().at(file);
    try (ImageSource source = open()) {
      List<Named> images = source.images();
      assertThat(images)
          .extracting(Named::name)
          .containsExactly("app:v1", "registry.example/app:v2", "");
      assertThat(images.get(1).manifest()).isEqualTo(images.get(0).manifest());
      assertThat(images.get(2).manifest()).isNotEqualTo(images.get(0).manifest());
    }
  }

  @Test
  void layersThatAreLinksToALayerAreFollowedInsideOfTheArchive() {
    docker.file("a/layer.tar", ONE);
    docker.tar.special("b/layer.tar", TarConstants.LF_SYMLINK, "../a/layer.tar");
    docker.tar.special("c/layer.tar", TarConstants.LF_LINK, "b/layer.tar");
    String id = DockerTar.id(ONE);
    docker.image(List.of("c/layer.tar", "b/layer.tar"), List.of(id, id), "app");
    docker.done().at(file);
    try (ImageSource source = open()) {
      Descriptor manifest = source.images().get(0).manifest();
      List<Link> links =
          Document.read(source.document(manifest.digest()).orElseThrow(), Document.Dialect.OCI)
              .orElseThrow()
              .links();
      assertThat(links)
          .filteredOn(link -> link.role() == Role.LAYER)
          .extracting(link -> link.digest().toString())
          .containsExactly(id);
    }
  }

  @Test
  void aLinkThatLeadsOutOfTheArchiveOrInACircleIsRefused() {
    for (String target : new String[] {"/etc/passwd", "../../etc/passwd", "../b/layer.tar"}) {
      docker = new DockerTar();
      docker.tar.special("b/layer.tar", TarConstants.LF_SYMLINK, target);
      docker.image(List.of("b/layer.tar"), List.of(DockerTar.id(ONE)), "app");
      damaged(
          docker.done(),
          "'b/layer.tar', which its manifest.json names, "
              + (target.equals("../b/layer.tar")
                  ? "is a link that leads from link to link"
                  : "leads out of the archive"));
    }
  }

  @Test
  void aPathThatLeadsNowhereIsRefused() {
    for (String path : new String[] {"../../etc/passwd", "/etc/passwd"}) {
      damaged(
          new DockerTar().list(path, List.of()).done(),
          "'" + path + "', which its manifest.json names, leads out of the archive");
    }
    damaged(
        new DockerTar().list("gone.json", List.of()).done(),
        "'gone.json', which its manifest.json names, is not in the archive");
    DockerTar device = new DockerTar();
    device.tar.special("a", TarConstants.LF_CHR, "");
    damaged(device.list("a", List.of()).done(), "is a device or something else");
  }

  @Test
  void aLayerWithOtherBytesThanItsConfigSaysIsRefused() {
    docker.file("a/layer.tar", TWO);
    docker.image(List.of("a/layer.tar"), List.of(DockerTar.id(ONE)), "app");
    damaged(
        docker.done(),
        "expects '"
            + DockerTar.id(ONE)
            + "' as layer 1, and 'a/layer.tar' is "
            + DockerTar.id(TWO));
  }

  @Test
  void anotherNumberOfLayersThanItsConfigSaysIsRefused() {
    docker.file("a/layer.tar", ONE);
    docker.image(List.of("a/layer.tar"), List.of(DockerTar.id(ONE), DockerTar.id(TWO)), "app");
    damaged(docker.done(), "has 2 layers in its rootfs, and manifest.json names 1");
  }

  @Test
  void aConfigThatIsNoJsonIsRefused() {
    docker.file("c", new byte[] {'{'});
    damaged(docker.list("c", List.of()).done(), "the config 'c' cannot be read");
  }

  @Test
  void aPathThatStandsTwiceInTheArchiveIsRefused() {
    plainImage("app");
    docker.file("a/layer.tar", TWO);
    damaged(docker.done(), "it has 'a/layer.tar' more than once");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[{}]",
        "[{\"Config\":7}]",
        "[{\"Config\":\"a\",\"Layers\":[[]]}]",
        "[",
        "",
        "[]]",
      })
  void aListThatIsNoneIsRefused(String list) {
    damaged(
        new TarBuilder().file("manifest.json", list),
        "its manifest.json says what it holds, and cannot be read");
  }

  @Test
  void compressedLayersKeepTheirBytesAndSayHowTheyAreCompressed() {
    byte[] gzip = TarBuilder.gzip(ONE);
    byte[] zstd = {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, 1, 2, 3};
    docker.file("one.tar.gz", gzip).file("two", zstd);
    docker.image(
        List.of("one.tar.gz", "two"), List.of(DockerTar.id(ONE), DockerTar.id(TWO)), "app");
    docker.done().at(file);
    try (ImageSource source = open()) {
      Descriptor manifest = source.images().get(0).manifest();
      assertThat(text(source.document(manifest.digest()).orElseThrow()))
          .contains("layer.v1.tar+gzip\",\"digest\":\"" + DockerTar.id(gzip))
          .contains("layer.v1.tar+zstd\",\"digest\":\"" + DockerTar.id(zstd));
    }
  }

  @Test
  void aLayerInACompressionThatOciDoesNotKnowIsSaidToBeOne() {
    docker.file("one", "BZh91AY".getBytes(StandardCharsets.US_ASCII));
    docker.image(List.of("one"), List.of(DockerTar.id(ONE)), "app");
    docker.done().at(file);
    assertThatThrownBy(this::open)
        .isInstanceOf(OcigcException.Unusable.class)
        .hasMessageContaining("has the layer 'one' compressed as no OCI image may have it");
  }

  @Test
  void withAnIndexBesideItItIsReadAsOci() {
    plainImage("app");
    docker.tar.file("index.json", "{\"manifests\":[]}");
    docker.done().at(file);
    try (ImageSource source = open()) {
      assertThat(source.images()).isEmpty();
    }
  }
}
