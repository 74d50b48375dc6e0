package io.github.ocigc.verb;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.ocigc.fixture.Item;
import io.github.ocigc.fixture.LayoutFixture;
import io.github.ocigc.fixture.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code delete}: by name, by digest, by pattern, several at once, or not at all. */
final class DeleteVerbTest {
  @TempDir Path folder;
  private LayoutFixture layout;
  private Program program;
  private LayoutFixture.Image base;

  @BeforeEach
  void makeLayout() {
    layout = new LayoutFixture(folder.resolve("store"));
    program = new Program(layout.root());
    base = layout.image("base").layers(2);
    base.tag();
  }

  @AfterEach
  void everyCountHasItsReasons() {
    program.assertCountsHold();
  }

  private void assertRefused(int exitCode, String says, String... arguments) {
    Set<String> before = layout.blobs();
    JsonNode roots = program.done("ls");
    Program.Run run = program.json(arguments);
    assertThat(run.exitCode()).isEqualTo(exitCode);
    assertThat(run.json().path("error").path("message").asText()).contains(says);
    assertThat(layout.blobs()).isEqualTo(before);
    assertThat(program.done("ls")).isEqualTo(roots);
  }

  @Test
  void sharedLayersStayAndAreCounted() {
    layout.image("derived").sharing(base).layers(1).tag();
    JsonNode report = program.done("delete", "derived");
    assertThat(report.path("references").path(0).asText()).isEqualTo("derived");
    assertThat(report.path("freed_blobs").asInt()).isEqualTo(3);
    assertThat(report.path("freed")).hasSize(3);
    assertThat(report.path("kept_shared_blobs").asInt()).isEqualTo(2);
    assertThat(report.path("failed")).isEmpty();
    assertThat(report.path("dry_run").asBoolean()).isFalse();
    assertThat(program.done("delete", "base").path("freed_blobs").asInt()).isEqualTo(4);
  }

  @Test
  void severalAtOnceFreeWhatOnlyTheyShare() {
    layout.image("derived").sharing(base).layers(1).tag();
    assertThat(program.done("delete", "base", "derived").path("freed_blobs").asInt()).isEqualTo(7);
    assertThat(layout.blobs()).isEmpty();
  }

  @Test
  void veryManyAtOnceGoAndAreNotAllNamed() {
    List<String> words = new ArrayList<>(List.of("delete"));
    for (int i = 0; i < 60; i++) {
      layout.image("many-" + i).layers(1).tag();
      if (i % 2 == 0) {
        words.add("many-" + i);
      }
    }
    List<String> dryRun = new ArrayList<>(words);
    dryRun.add("--dry-run");
    assertThat(program.text(dryRun.toArray(String[]::new)).out()).contains("many-58");
    assertThat(program.text(words.toArray(String[]::new)).out())
        .startsWith("Deleted many-0, many-2, ")
        .contains("many-18 and 20 others: freed 90 blobs");
    assertThat(program.done("ls").findValuesAsText("reference"))
        .hasSize(31)
        .contains("base", "many-1", "many-59")
        .doesNotContain("many-0", "many-58");
  }

  @Test
  void theSameTwiceIsOnce() {
    assertThat(program.done("delete", "base", "base").path("references")).hasSize(1);
    assertRefused(3, "base", "delete", "base");
  }

  @Test
  void aDryRunSaysWhatARunThenDoes() {
    layout.image("derived").sharing(base).layers(1).tag();
    Program.Run plan = program.json("delete", "--dry-run", "derived");
    assertThat(layout.blobs()).hasSize(7);
    Program.Run done = program.json("delete", "derived");
    assertThat(plan.json().path("dry_run").asBoolean()).isTrue();
    assertThat(plan.freed()).isEqualTo(done.freed());
    assertThat(plan.json().path("freed_bytes")).isEqualTo(done.json().path("freed_bytes"));
    assertThat(plan.json().path("kept_shared_blobs"))
        .isEqualTo(done.json().path("kept_shared_blobs"));
  }

  @Test
  void patterns() {
    layout.image("ci/build-1").layers(1).tag();
    layout.image("ci/build-2").layers(1).tag();
    layout.image("ci/final").layers(1).tag();
    assertThat(program.done("delete", "ci/build-*").path("references")).hasSize(2);
    assertThat(program.done("delete", "*/fin?l").path("references")).hasSize(1);
    assertThat(program.done("delete", "[abc]ase").path("freed_blobs").asInt()).isEqualTo(4);
    assertRefused(3, "nothing*", "delete", "nothing*");
  }

  @Test
  void aPatternDoesNotMeanUntaggedRoots() {
    layout.image("untagged").layers(1).untagged();
    assertThat(program.done("delete", "*").path("freed_blobs").asInt()).isEqualTo(4);
    assertThat(layout.blobs()).hasSize(3);
  }

  @Test
  void oneUnknownNameAmongSeveralDeletesNothing() {
    assertRefused(3, "unknown", "delete", "base", "unknown");
  }

  @Test
  void anAmbiguousNameDeletesNothing() {
    layout.image("a/app:v1").tag();
    layout.image("b/app:v1").tag();
    assertRefused(2, "b/app:v1", "delete", "base", "app:v1");
  }

  @Test
  void aDigestMeansItsOnlyTag() {
    String digest = base.item().digest();
    JsonNode report = program.done("delete", digest.substring(0, 20));
    assertThat(report.path("references").path(0).asText()).isEqualTo("base");
    assertThat(layout.blobs()).isEmpty();
  }

  @Test
  void aDigestWithSeveralNamesIsAmbiguous() {
    layout.tag(base.item(), "same");
    assertRefused(2, "same", "delete", base.item().digest());
  }

  @Test
  void aDigestMeansItsUntaggedRootFirst() {
    layout.untagged(base.item());
    assertThat(program.done("delete", base.item().digest()).path("freed_blobs").asInt()).isZero();
    assertThat(program.done("ls").findValuesAsText("reference")).containsExactly("base");
  }

  @Test
  void oneNameOfSeveralContentsDropsAllOrTheOneThatIsMeant() {
    Item other = layout.image("other").layers(1).item();
    layout.tag(other, "base");
    assertThat(program.json("delete", "base@" + other.digest()).freed())
        .hasSize(3)
        .contains(other.digest());
    layout.tag(layout.image("third").item(), "base");
    assertThat(program.done("delete", "base").path("freed_blobs").asInt()).isEqualTo(6);
  }

  @Test
  void aHeldChildIsRefusedWithTheReason() {
    Item child = layout.image("child").layers(1).item();
    Item index = layout.index(child);
    layout.tag(index, "multi");
    assertRefused(2, "child of " + index.digest(), "delete", child.digest());
    assertRefused(2, "layer of ", "delete", base.layers().get(0).digest());
  }

  @Test
  void aLeftoverIsNoReference() {
    Item leftover = layout.layer("leftover");
    assertRefused(2, "prune --orphans", "delete", leftover.digest());
  }

  @Test
  void aReferrerGoesByItsDigestAlthoughItsSubjectStays() {
    Item signature = layout.image("signature").layers(1).subject(base.item()).untagged();
    assertThat(program.done("delete", signature.digest()).path("freed_blobs").asInt()).isEqualTo(3);
    assertThat(layout.blobs()).hasSize(4);
  }

  @Test
  void aReferrerWithATagLosesItsUntaggedRootAndStaysHeldByItsSubject() {
    Item signature = layout.image("signature").layers(1).subject(base.item()).tag();
    layout.untagged(signature);
    assertThat(program.done("delete", signature.digest()).path("freed_blobs").asInt()).isZero();
    assertThat(program.done("delete", "signature").path("freed_blobs").asInt()).isZero();
    assertThat(program.done("delete", "base").path("freed_blobs").asInt()).isEqualTo(7);
  }

  @Test
  void referrersCanStayAsUntaggedRoots() {
    Item signature = layout.image("signature").layers(1).subject(base.item()).item();
    program.done("reconcile");
    assertThat(program.done("delete", "--keep-referrers", "base").path("freed_blobs").asInt())
        .isEqualTo(4);
    JsonNode left = program.done("ls");
    assertThat(left).hasSize(1);
    assertThat(left.path(0).path("reference").isNull()).isTrue();
    assertThat(left.path(0).path("digest").asText()).isEqualTo(signature.digest());
    assertThat(program.done("check").path("findings")).isEmpty();
  }

  /** It has no children that would tell. */
  @Test
  void anIndexThatBecomesARootIsStillCalledAnIndex() {
    layout.referringIndex(base.item());
    program.done("reconcile");
    program.done("delete", "--keep-referrers", "base");
    assertThat(program.done("ls").path(0).path("media_type").asText())
        .isEqualTo(LayoutFixture.INDEX);
    program.assertEqualsRebuilt();
  }

  /** It has a holder besides its subject, which goes too. */
  @Test
  void aReferrerThatIsItselfToGoGetsNoRootInPlaceOfTheOneItLoses() {
    Item signature = layout.image("signature").layers(1).subject(base.item()).untagged();
    layout.tag(layout.index(signature), "both");
    program.done("delete", "--keep-referrers", "base", "both", signature.digest());
    assertThat(program.done("ls")).isEmpty();
    assertThat(layout.blobs()).isEmpty();
    program.assertEqualsRebuilt();
  }

  @Test
  void onePlatformGoesAndTheIndexIsSparse() throws Exception {
    Item amd64 = layout.image("amd64").sharing(base).item();
    Item arm64 = layout.image("arm64").layers(1).item();
    Item index = layout.platforms(List.of("linux/amd64", "linux/arm64"), List.of(amd64, arm64));
    layout.tag(index, "multi");
    byte[] bytes = Files.readAllBytes(layout.file(index));
    assertRefused(3, "linux/riscv64", "delete", "multi", "--platform", "linux/riscv64");
    assertRefused(2, "not a platform", "delete", "multi", "--platform", "linux");
    assertRefused(2, "not an index", "delete", "base", "--platform", "linux/amd64");
    Program.Run run = program.json("delete", "multi", "--platform", "linux/amd64");
    assertThat(run.json().path("references")).hasToString("[\"multi\"]");
    assertThat(run.freed()).hasSize(2).contains(amd64.digest());
    assertThat(layout.file(index)).hasBinaryContent(bytes);
    assertThat(program.json("check").exitCode()).isZero();
    assertThat(program.done("why", amd64.digest()).path("state").asText()).isEqualTo("absent");
    assertThat(program.done("delete", "multi").path("freed_blobs").asInt()).isEqualTo(4);
  }

  /** As where one build serves several variants of an architecture. */
  @Test
  void aManifestOfSeveralPlatformsGoesWithAllOfThemOnly() {
    Item v6 = layout.image("v6").layers(1).item();
    Item both = layout.image("v7 and v8").layers(1).item();
    layout.tag(
        layout.platforms(
            List.of("linux/arm/v6", "linux/arm/v7", "linux/arm64", "linux/arm/v8"),
            List.of(v6, both, base.item(), both)),
        "multi");
    Set<String> before = layout.blobs();
    Program.Run refused = program.json("delete", "multi", "--platform", "linux/arm/v7");
    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.error()).contains("linux/arm/v7", "linux/arm/v8", both.digest());
    assertThat(layout.blobs()).isEqualTo(before);
    assertThat(program.json("delete", "multi", "--platform", "linux/arm").freed())
        .hasSize(6)
        .contains(v6.digest(), both.digest());
  }

  @Test
  void aPlatformThatIsTaggedTooStays() {
    Item index = layout.platforms(List.of("linux/amd64"), List.of(base.item()));
    layout.tag(index, "multi");
    assertThat(
            program
                .done("delete", "multi", "--platform", "linux/amd64")
                .path("freed_blobs")
                .asInt())
        .isZero();
    assertThat(layout.blobs()).hasSize(5);
  }

  @Test
  void withoutAnyNameItIsAMistake() {
    assertRefused(2, "REF", "delete");
  }
}
