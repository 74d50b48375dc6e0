package io.github.ocigc.peers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.ocigc.fixture.IndependentMark;
import io.github.ocigc.fixture.LayoutFixture;
import io.github.ocigc.fixture.Program;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** skopeo, umoci and this program on one layout: what one keeps, the others can use. */
@EnabledIf("toolsAreWanted")
final class PeersTest {
  @TempDir Path folder;

  private PeerLayout store;
  private Program program;

  static boolean toolsAreWanted() {
    return Peer.wanted();
  }

  /** {@code base} below {@code web} and {@code db}; {@code web} below {@code web-debug}. */
  @BeforeEach
  void buildImagesThatShareLayers() {
    store =
        PeerLayout.init(folder.resolve("store"))
            .base("base")
            .derive("base", "web")
            .derive("base", "db")
            .derive("web", "web-debug")
            .collected();
    program = new Program(store.root());
  }

  @AfterEach
  void countsHold() {
    program.assertCountsHold();
  }

  private Set<String> blobs() {
    return LayoutFixture.blobs(store.root());
  }

  private void assertCopiesWhole(String tag, String digest) {
    assertThat(store.digest(tag)).isEqualTo(digest);
    PeerLayout elsewhere = new PeerLayout(folder.resolve("copy-of-" + tag));
    store.copyTo(elsewhere, tag, tag);
    assertThat(elsewhere.digest(tag)).isEqualTo(digest);
  }

  @Test
  void whatADeleteKeepsIsStillServedBySkopeoWithTheSameDigests() {
    List<String> others = List.of("base", "db", "web-debug");
    List<String> digests = others.stream().map(store::digest).toList();

    JsonNode report = program.done("delete", "web");

    // its manifest and config: its layers are web-debug's too
    assertThat(report.path("freed_blobs").asInt()).isEqualTo(2);
    for (int i = 0; i < others.size(); i++) {
      assertCopiesWhole(others.get(i), digests.get(i));
    }
  }

  @Test
  void umociListsTheSameNamesAsWeDo() {
    program.done("delete", "web");

    List<String> ours = new ArrayList<>();
    program.done("ls").forEach(line -> ours.add(line.path("reference").asText()));

    assertThat(ours).containsExactly("base", "db", "web-debug").isEqualTo(store.names());
  }

  @Test
  void umociAndSkopeoCountTheSameBytesAsOurListing() {
    program.done("delete", "web");

    for (JsonNode line : program.done("ls")) {
      String tag = line.path("reference").asText();
      byte[] manifest = store.manifest(tag);
      long bytes = manifest.length;
      bytes +=
          PeerLayout.json(new String(manifest, StandardCharsets.UTF_8))
              .path("config")
              .path("size")
              .asLong();
      for (JsonNode step : store.stat(tag).path("history")) {
        bytes += step.path("layer").path("size").asLong();
      }
      assertThat(line.path("size_bytes").asLong()).as(tag).isEqualTo(bytes);
      assertThat(line.path("digest").asText()).as(tag).isEqualTo(store.digest(tag));
    }
  }

  @Test
  void umociGcFindsNothingLeftToDoAfterADelete() {
    program.done("delete", "web-debug");
    Set<String> kept = blobs();

    store.collected();

    assertThat(blobs()).isEqualTo(kept).isEqualTo(IndependentMark.reachable(store.root()));
  }

  @Test
  void umociGcRemovesOfWhatWeKeptOnlyWhatUmociUntagged() {
    store.derive("db", "db-tuned");
    program.done("ls");
    Peer.UMOCI.run("rm", "--image", store.root() + ":db-tuned");

    program.done("delete", "web");
    Set<String> kept = blobs();
    store.collected();

    Set<String> removed = new TreeSet<>(kept);
    removed.removeAll(blobs());
    assertThat(removed).as("db-tuned's manifest, config and layer").hasSize(3);
    assertThat(blobs()).isEqualTo(IndependentMark.reachable(store.root()));
    assertThat(program.json("check").exitCode()).as("what is gone was an orphan").isZero();
  }

  @Test
  void anImageThatSkopeoHasJustCopiedInLosesNothingToADeleteOfItsRelative() {
    PeerLayout workshop = new PeerLayout(folder.resolve("workshop"));
    store.copyTo(workshop, "db", "db");
    workshop.derive("db", "db-next");
    String digest = workshop.digest("db-next");
    program.done("ls");

    workshop.copyTo(store, "db-next", "db-next");
    JsonNode report = program.done("delete", "db");

    assertThat(report.path("freed_blobs").asInt()).isEqualTo(2);
    assertThat(blobs()).isEqualTo(IndependentMark.reachable(store.root()));
    assertCopiesWhole("db-next", digest);
  }

  @Test
  void anImageThatWasDeletedCanBeCopiedInAgainAtOnce() {
    PeerLayout workshop = new PeerLayout(folder.resolve("workshop"));
    store.copyTo(workshop, "web", "web");
    String digest = workshop.digest("web");

    for (int round = 0; round < 3; round++) {
      program.done("delete", "web");
      workshop.copyTo(store, "web", "web");
    }

    program.done("delete", "web-debug", "db", "base");
    assertCopiesWhole("web", digest);
  }

  @Test
  void theImageThatSkopeoMovedATagAwayFromIsAnUntaggedRootUntilItIsDeleted() {
    String old = store.digest("web-debug");
    String digest = store.digest("db");
    program.done("ls");

    store.copyTo(store, "db", "web-debug");
    program.done("delete", "db", "web", "base");

    assertThat(program.sql("SELECT name, digest FROM tag JOIN content ON content_id = content.id"))
        .as("skopeo leaves the old entry in index.json, without its name")
        .extracting(row -> row.path("name").asText() + " " + row.path("digest").asText())
        .containsExactlyInAnyOrder("web-debug " + digest, "null " + old);
    assertThat(program.done("delete", old).path("freed_blobs").asInt()).isEqualTo(4);
    assertCopiesWhole("web-debug", digest);
  }

  @Test
  void afterAllIsDeletedNoBlobIsLeftAndSkopeoCanStillCopyIn() {
    PeerLayout workshop = new PeerLayout(folder.resolve("workshop"));
    store.copyTo(workshop, "web", "web");
    String digest = workshop.digest("web");

    program.done("delete", "base", "web", "db", "web-debug");

    assertThat(blobs()).isEmpty();
    assertThat(store.names()).isEmpty();
    workshop.copyTo(store, "web", "again");
    assertCopiesWhole("again", digest);
  }
}
