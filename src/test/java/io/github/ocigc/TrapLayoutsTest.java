package io.github.ocigc;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ocigc.fixture.Item;
import io.github.ocigc.fixture.LayoutFixture;
import io.github.ocigc.fixture.Program;
import io.github.ocigc.fixture.SecondOpinion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Layouts on which other collectors lost data, gave up or left everything, by their letters. */
final class TrapLayoutsTest {
  private static final String DOCKER = "application/vnd.docker.distribution.manifest.v2+json";
  private static final String DOCKER_LAYER = "application/vnd.docker.image.rootfs.diff.tar.gzip";

  @TempDir Path folder;
  private LayoutFixture layout;
  private Program program;

  @BeforeEach
  void makeLayout() {
    layout = new LayoutFixture(folder.resolve("store"));
    program = new Program(layout.root());
  }

  @AfterEach
  void everyCountHasItsReasons() {
    program.assertCountsHold();
  }

  @Test
  void aDockerImageAndAnOciImageShareALayer() {
    Item own = layout.blob(DOCKER_LAYER, bytes("docker-layer-1"));
    Item shared = layout.blob(DOCKER_LAYER, bytes("shared"));
    layout.image("docker").mediaType(DOCKER).layer(own).layer(shared).tag();
    layout.image("oci").layers(1).layer(layout.layer("shared")).tag();
    assertReconcileKeepsEverything(0);
    assertFrees(3, "docker");
    assertThat(layout.blobs()).contains(shared.digest()).doesNotContain(own.digest());
  }

  @Test
  void bAMissingChildIsAbsentAndWhatItHeldIsAnOrphan() {
    Item missing = layout.image("two").layers(1).item();
    layout.tag(layout.index(layout.image("one").layers(1).item(), missing), "multi");
    layout.image("other").layers(1).tag();
    layout.remove(missing);
    JsonNode report = assertReconcileKeepsEverything(2);
    assertThat(report.path("absent").asInt()).isEqualTo(1);
    assertFrees(4, "multi");
    assertThat(layout.blobs()).hasSize(5);
  }

  @Test
  void cAReferrerKnownOnlyByItsSubjectGoesWithIt() {
    Item image = layout.image("img").layers(1).tag();
    layout.image("signature").layers(1).subject(image).item();
    assertReconcileKeepsEverything(0);
    assertFrees(6, "img");
    assertThat(layout.blobs()).isEmpty();
  }

  @Test
  void dAnUntaggedReferrerFollowsItsSubjectAndAnUntaggedManifestIsARoot() {
    Item image = layout.image("img").layers(1).tag();
    layout.image("signature").layers(1).subject(image).untagged();
    Item untagged = layout.image("untagged").layers(1).untagged();
    assertReconcileKeepsEverything(0);
    assertFrees(6, "img");
    assertThat(layout.blobs()).hasSize(3).contains(untagged.digest());
  }

  @Test
  void eAChildThatIsTaggedToo() {
    Item child = layout.image("amd64").layers(1).tag();
    layout.tag(layout.index(child, layout.image("arm64").layers(1).item()), "multi");
    assertReconcileKeepsEverything(0);
    assertFrees(4, "multi");
    assertFrees(3, "amd64");
  }

  @Test
  void eAChildThatIsTaggedTooLosesOnlyItsTag() {
    Item child = layout.image("amd64").layers(1).tag();
    layout.tag(layout.index(child, layout.image("arm64").layers(1).item()), "multi");
    assertFrees(0, "amd64");
    assertFrees(7, "multi");
    assertThat(layout.blobs()).isEmpty();
  }

  @Test
  void fAnUnknownManifestTypeIsReadByItsStructure() {
    layout.image("thing").mediaType("application/vnd.example.thing.v1+json").layers(1).tag();
    layout.image("img").layers(1).tag();
    assertReconcileKeepsEverything(0);
    assertFrees(3, "img");
    assertFrees(3, "thing");
  }

  @Test
  void gALayerWithInlineDataIsHeldLikeAnyOther() {
    Item layer = layout.layer("l2");
    ObjectNode inline = layer.descriptor().put("data", "bDI=");
    layout.tag(manifest(inline), "img");
    assertReconcileKeepsEverything(0);
    assertFrees(3, "img");
  }

  @Test
  void hSha512IsUnderstood() {
    Item layer = layout.blob("sha512", LayoutFixture.LAYER, bytes("layer512"));
    Item orphan = layout.blob("sha512", LayoutFixture.LAYER, bytes("orphan512"));
    layout.image("img").layers(1).layer(layer).tag();
    assertReconcileKeepsEverything(1);
    assertThat(program.done("check").toString()).contains("orphan_blob", orphan.digest());
    assertFrees(4, "img");
    assertThat(layout.blobs()).containsExactly(orphan.digest());
  }

  @Test
  void iAStrangersTemporaryFileIsReportedAndLeftAlone() throws IOException {
    layout.image("img").layers(1).tag();
    Path stray = layout.root().resolve("blobs/sha256/" + "ab".repeat(32) + ".1234.tmp");
    Files.writeString(stray, "in flight");
    JsonNode report = program.done("reconcile");
    assertThat(report.path("findings").toString()).contains("stray_file", "1234.tmp");
    program.done("delete", "img");
    program.done("prune", "--orphans", "--older-than", "0s");
    assertThat(stray).hasContent("in flight");
    assertThat(layout.blobs()).hasSize(1);
  }

  @Test
  void jACompleteBlobWithoutAManifestGoesOnRequestOnlyAndPastItsGrace() {
    layout.image("img").layers(1).tag();
    Item early = layout.layer("just uploaded");
    assertReconcileKeepsEverything(1);
    assertThat(program.done("prune").path("freed_blobs").asInt()).isZero();
    assertThat(program.done("prune", "--orphans").path("freed_blobs").asInt()).isZero();
    assertFrees(3, "img");
    assertThat(layout.blobs()).containsExactly(early.digest());
    assertThat(program.json("prune", "--orphans", "--older-than", "0s").freed())
        .containsExactly(early.digest());
  }

  @Test
  void kOneBlobUnderTwoMediaTypesIsOneContent() {
    Item one = layout.blob("application/vnd.a", bytes("same"));
    Item two = layout.blob("application/vnd.b", bytes("same"));
    layout.image("one").layer(one).tag();
    layout.image("two").layer(two).tag();
    assertReconcileKeepsEverything(0);
    assertFrees(2, "one");
    assertThat(layout.blobs()).contains(two.digest());
    assertFrees(3, "two");
  }

  @Test
  void mAnUntaggedReferrerWithoutItsSubjectIsARoot() {
    Item subject = layout.image("subject").item();
    Item referrer = layout.image("signature").layers(1).subject(subject).untagged();
    layout.remove(subject);
    assertReconcileKeepsEverything(1);
    assertThat(program.done("ls").path(0).path("digest").asText()).isEqualTo(referrer.digest());
    assertFrees(3, referrer.digest());
  }

  private Item manifest(ObjectNode layer) {
    ObjectNode manifest = JsonNodeFactory.instance.objectNode();
    manifest.put("schemaVersion", 2).put("mediaType", LayoutFixture.MANIFEST);
    manifest.set("config", layout.blob(LayoutFixture.CONFIG, bytes("{}")).descriptor());
    manifest.putArray("layers").add(layer);
    return layout.json(LayoutFixture.MANIFEST, manifest);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private JsonNode assertReconcileKeepsEverything(int orphans) {
    Set<String> before = layout.blobs();
    try (SecondOpinion opinion = SecondOpinion.before(layout.root())) {
      JsonNode report = program.done("reconcile");
      assertThat(layout.blobs()).isEqualTo(before);
      assertThat(report.path("orphans").asInt()).isEqualTo(orphans);
      assertThat(before).hasSize(opinion.reachable().size() + orphans);
      return report;
    }
  }

  private void assertFrees(int blobs, String reference) {
    int before = layout.blobs().size();
    try (SecondOpinion opinion = SecondOpinion.before(layout.root())) {
      assertThat(program.done("delete", reference).path("freed_blobs").asInt()).isEqualTo(blobs);
      assertThat(layout.blobs()).hasSize(before - blobs);
      opinion.assertExact();
    }
  }
}
