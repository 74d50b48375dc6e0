package io.github.ocigc;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.ocigc.fixture.Item;
import io.github.ocigc.fixture.LayoutFixture;
import io.github.ocigc.fixture.Program;
import io.github.ocigc.fixture.SecondOpinion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What other tools do to a layout between two commands of ours. */
final class CatchUpTest {
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
  void whatAnotherToolUntagsStaysUntilAPrunePastItsGrace() {
    layout.image("app").layers(2).tag();
    layout.image("other").layers(1).tag();
    program.done("ls");
    layout.untagElsewhere("app");
    assertThat(program.done("du").path("orphan_blobs").asInt()).isEqualTo(4);
    assertThat(layout.blobs()).hasSize(7);
    program.done("delete", "other");
    assertThat(layout.blobs()).hasSize(4);
    assertThat(program.done("prune").path("freed_blobs").asInt()).isZero();
    assertThat(program.done("prune", "--older-than", "0s", "--dry-run").path("freed")).hasSize(4);
    assertThat(program.done("prune", "--older-than", "0s").path("freed_blobs").asInt())
        .isEqualTo(4);
    assertThat(layout.blobs()).isEmpty();
  }

  @Test
  void aNewImageFromOutsideKeepsTheLayersThatItShares() {
    LayoutFixture.Image base = layout.image("base").layers(3);
    base.tag();
    program.done("ls");
    Item derived = layout.image("derived").sharing(base).layers(1).tag();
    try (SecondOpinion opinion = SecondOpinion.before(layout.root())) {
      assertThat(program.done("delete", "base").path("freed_blobs").asInt()).isEqualTo(2);
      opinion.assertExact();
    }
    assertThat(layout.blobs()).hasSize(6).contains(derived.digest());
  }

  @Test
  void aMissingChildThatComesLaterHoldsItsOwn() throws Exception {
    Item child = layout.image("child").layers(1).item();
    layout.tag(layout.index(layout.image("here").layers(1).item(), child), "multi");
    byte[] bytes = Files.readAllBytes(layout.file(child));
    layout.remove(child);
    assertThat(program.done("du").path("absent").asInt()).isEqualTo(1);
    assertThat(program.done("du").path("orphan_blobs").asInt()).isEqualTo(2);
    Files.write(layout.file(child), bytes);
    assertThat(program.done("du").path("absent").asInt()).isZero();
    assertThat(program.done("du").path("orphan_blobs").asInt()).isZero();
    assertThat(program.done("delete", "multi").path("freed_blobs").asInt()).isEqualTo(7);
  }

  @Test
  void aMovedTagLeavesItsOldContentUnheld() {
    Item old = layout.image("old").layers(1).item();
    layout.tag(old, "latest");
    program.done("ls");
    layout.untagElsewhere("latest").tag(layout.image("new").layers(1).item(), "latest");
    assertThat(program.done("why", old.digest()).path("ref_count").asInt()).isZero();
    assertThat(program.json("delete", "latest").freed()).hasSize(3).doesNotContain(old.digest());
    assertThat(layout.blobs()).hasSize(3).contains(old.digest());
  }

  @Test
  void anUnheldContentThatIsTaggedAgainIsHeldAgain() {
    LayoutFixture.Image image = layout.image("app").layers(2);
    image.tag();
    program.done("ls");
    layout.untagElsewhere("app");
    assertThat(program.done("du").path("orphan_blobs").asInt()).isEqualTo(4);
    layout.tag(image.item(), "again");
    assertThat(program.done("du").path("orphan_blobs").asInt()).isZero();
    assertThat(program.done("prune", "--orphans", "--older-than", "0s").path("freed")).isEmpty();
    assertThat(program.done("delete", "again").path("freed_blobs").asInt()).isEqualTo(4);
  }

  @Test
  void aReferrerStrandedByAnotherToolsUntaggingIsKept() {
    Item image = layout.image("app").layers(1).tag();
    Item signature = layout.image("signature").layers(1).subject(image).untagged();
    Item list = layout.index(signature);
    layout.tag(list, image.digest().replace(':', '-'));
    program.done("ls");
    layout.untagElsewhere("app");
    assertThat(program.done("ls")).hasSize(2);
    assertThat(program.done("ls").findValuesAsText("held_by_subject")).containsOnly("false");
    program.done("prune", "--older-than", "0s");
    assertThat(layout.blobs()).hasSize(4).contains(signature.digest(), list.digest());
    assertThat(program.done("ls")).hasSize(2);
  }

  @Test
  void aSubjectThatIsTaggedAgainTakesItsStrandedReferrersBack() {
    LayoutFixture.Image image = layout.image("app").layers(1);
    image.tag();
    layout.image("signature").layers(1).subject(image.item()).untagged();
    program.done("ls");
    layout.untagElsewhere("app");
    program.done("ls");
    layout.tag(image.item(), "app");
    assertThat(program.done("delete", "app").path("freed_blobs").asInt()).isEqualTo(6);
    assertThat(layout.blobs()).isEmpty();
  }

  @Test
  void entriesThatStayAreTheSameBytes() throws Exception {
    layout.image("one").layers(1).tag();
    layout.image("two").layers(1).tag();
    layout.image("three").layers(1).tag();
    program.done("ls");
    Path index = layout.root().resolve("index.json");
    String pretty =
        new ObjectMapper()
            .readTree(index.toFile())
            .toPrettyString()
            .replace("\"org.opencontainers", "\"\\u006frg.opencontainers");
    Files.writeString(index, "\n " + pretty + "\n\n");
    program.done("delete", "two");
    String left = Files.readString(index);
    String before = "\n " + pretty + "\n\n";
    int from = before.indexOf("}, {") + 3;
    int to = before.indexOf("}, {", from) + 3;
    assertThat(left).isEqualTo(before.substring(0, from) + before.substring(to));
  }

  @Test
  void onlyWhitespaceChangesNothing() throws Exception {
    layout.image("one").layers(1).tag();
    program.done("ls");
    Path index = layout.root().resolve("index.json");
    Files.writeString(index, new ObjectMapper().readTree(index.toFile()).toPrettyString());
    JsonNode report = program.done("reconcile");
    assertThat(report.path("changes").asInt()).isZero();
    assertThat(program.done("ls")).hasSize(1);
  }

  @Test
  void anEntryOfAFileThatIsNotThereYetComesToLifeWithIt() throws Exception {
    Item image = layout.image("app").layers(1).tag();
    byte[] bytes = Files.readAllBytes(layout.file(image));
    layout.remove(image);
    assertThat(program.json("check").json().toString()).contains("dangling_reference");
    Files.write(layout.file(image), bytes);
    assertThat(program.done("check").path("findings")).isEmpty();
    Set<String> all = Set.copyOf(layout.blobs());
    assertThat(program.json("delete", "app").freed()).containsExactlyInAnyOrderElementsOf(all);
  }
}
