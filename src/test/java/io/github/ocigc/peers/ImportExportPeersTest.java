package io.github.ocigc.peers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.ocigc.fixture.AtRest;
import io.github.ocigc.fixture.Child;
import io.github.ocigc.fixture.IndependentMark;
import io.github.ocigc.fixture.Item;
import io.github.ocigc.fixture.KraftFixture;
import io.github.ocigc.fixture.LayoutFixture;
import io.github.ocigc.fixture.Program;
import io.github.ocigc.fixture.RealLayers;
import io.github.ocigc.fixture.StoreFiles;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** Archives of skopeo's come into a store, and skopeo reads what goes out of one. */
@EnabledIf("toolsAreWanted")
final class ImportExportPeersTest {
  @TempDir Path folder;
  private LayoutFixture layout;
  private RealLayers layers;
  private Item app;
  private Path store;
  private Program program;

  static boolean toolsAreWanted() {
    return Peer.wanted();
  }

  @BeforeEach
  void buildAnImageOfRealLayers() {
    layout = new LayoutFixture(folder.resolve("layout"));
    layers = new RealLayers(layout);
    app = layers.image("one", "two");
    layout.tag(app, "app");
    store = folder.resolve("store");
    program = new Program(store);
  }

  @AfterEach
  void nothingIsLeft() {
    AtRest.assertNothingLeft(store);
    assertThat(program.json("check", "--check-bytes").json().path("findings")).isEmpty();
    assertThat(LayoutFixture.blobs(store)).isEqualTo(IndependentMark.reachable(store));
  }

  private String skopeoCopies(String to) {
    Peer.SKOPEO.run("copy", "oci:" + layout.root() + ":app", to);
    return to;
  }

  @Test
  void anOciArchiveOfSkopeosComesWithItsDigest() {
    Path archive = folder.resolve("app.tar");
    skopeoCopies("oci-archive:" + archive + ":app:v1");

    JsonNode report = program.done("import", archive.toString());

    assertThat(report.path("digest").asText()).isEqualTo(app.digest());
    assertThat(StoreFiles.names(store)).containsExactly("app:v1");
    assertThat(new PeerLayout(store).digest("app:v1")).isEqualTo(app.digest());
  }

  @Test
  void aDockerArchiveOfSkopeosComesWithItsLayers() {
    Path archive = folder.resolve("docker.tar");
    skopeoCopies("docker-archive:" + archive + ":example/app:v1");

    JsonNode report = program.done("import", archive.toString(), "app:v1");

    assertThat(StoreFiles.names(store)).containsExactly("app:v1");
    assertThat(report.path("downloaded_blobs").asInt()).isEqualTo(4);
    assertThat(PeerLayout.diffIds("oci:" + store + ":app:v1"))
        .isEqualTo(layers.diffIds("one", "two"));
    assertThat(program.done("import", archive.toString(), "app:v1").path("downloaded_blobs"))
        .hasToString("0");
  }

  @Test
  void aDockerArchiveComesFromStandardInput() {
    Path archive = folder.resolve("docker.tar");
    skopeoCopies("docker-archive:" + archive + ":example/app:v1");

    try (Child child = Child.fed(archive, store, "--json", "import", "-", "piped:v1")) {
      assertThat(child.exitCode()).as(child.restOfErr()).isZero();
    }

    assertThat(PeerLayout.diffIds("oci:" + store + ":piped:v1"))
        .isEqualTo(layers.diffIds("one", "two"));
  }

  @Test
  void aDockerArchiveComesIntoAKraftKitStore() {
    Path archive = folder.resolve("docker.tar");
    skopeoCopies("docker-archive:" + archive + ":example/app:v1");
    KraftFixture kraft = new KraftFixture(folder.resolve("kraft"));

    new Program(kraft.root()).done("import", archive.toString(), "app:v1");

    assertThat(kraft.link("app:v1")).isSymbolicLink();
    assertThat(new Program(kraft.root()).findings()).isEmpty();
    AtRest.assertNothingLeft(kraft.root());
    program.done("import", layout.root().toString());
  }

  @Test
  void skopeoReadsWhatWeExport() {
    program.done("import", layout.root().toString(), "app:v1");
    for (String name : List.of("out.tar", "out.tar.gz", "out")) {
      program.done("export", "app:v1", folder.resolve(name).toString());
    }

    String copied = "oci:" + folder.resolve("copied");
    Peer.SKOPEO.run("copy", "oci:" + folder.resolve("out") + ":app:v1", copied + ":folder");
    Peer.SKOPEO.run("copy", "oci-archive:" + folder.resolve("out.tar") + ":app:v1", copied + ":t");
    Peer.SKOPEO.run(
        "copy", "oci-archive:" + folder.resolve("out.tar.gz") + ":app:v1", copied + ":gz");
    for (String tag : List.of("folder", "t", "gz")) {
      assertThat(new PeerLayout(folder.resolve("copied")).digest(tag)).isEqualTo(app.digest());
    }
    // not the tar.gz: skopeo 1.9.3 finds no manifest.json in any docker-archive that is gzip
    String docker = "docker-archive:" + folder.resolve("out.tar");
    Peer.SKOPEO.run("copy", docker + ":app:v1", copied + ":docker");
    assertThat(PeerLayout.diffIds(docker)).isEqualTo(layers.diffIds("one", "two"));
  }

  @Test
  void umociReadsALayoutThatWeExported() {
    program.done("import", layout.root().toString(), "app");
    Path out = folder.resolve("out");
    program.done("export", "app", out.toString());

    assertThat(new PeerLayout(out).names()).containsExactly("app");
    Peer.UMOCI.run(
        "unpack", "--rootless", "--image", out + ":app", folder.resolve("bundle").toString());
    assertThat(folder.resolve("bundle/rootfs/one")).exists();
  }
}
