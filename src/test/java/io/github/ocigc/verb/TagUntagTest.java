package io.github.ocigc.verb;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.ocigc.fixture.Item;
import io.github.ocigc.fixture.LayoutFixture;
import io.github.ocigc.fixture.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names come and go; in an OCI layout content needs none. */
final class TagUntagTest {
  @TempDir Path folder;
  private LayoutFixture layout;
  private Program program;
  private Item app;

  @BeforeEach
  void makeLayout() {
    layout = new LayoutFixture(folder.resolve("store"));
    program = new Program(layout.root());
    app = layout.image("app").layers(1).tag();
  }

  @AfterEach
  void everyCountHasItsReasons() {
    program.assertCountsHold();
    assertThat(program.done("reconcile").path("changes").asInt()).isZero();
  }

  private List<String> names() {
    return program.done("ls").findValuesAsText("reference");
  }

  @Test
  void aSecondNameHoldsTheContent() {
    JsonNode report = program.done("tag", "app", "app:v2");
    assertThat(report.path("reference").asText()).isEqualTo("app:v2");
    assertThat(report.path("digest").asText()).isEqualTo(app.digest());
    assertThat(program.done("delete", "app").path("freed_blobs").asInt()).isZero();
    assertThat(names()).containsExactly("app:v2");
    assertThat(program.done("delete", "app:v2").path("freed_blobs").asInt()).isEqualTo(3);
  }

  @Test
  void untaggingTheOnlyNameKeepsTheContentAsAnUntaggedRoot() {
    JsonNode report = program.done("untag", "app");
    assertThat(report.path("freed_blobs").asInt()).isZero();
    assertThat(report.path("references").path(0).asText()).isEqualTo("app");
    assertThat(program.done("ls").path(0).path("reference").isNull()).isTrue();
    assertThat(program.done("prune", "--orphans", "--older-than", "0s").path("freed")).isEmpty();
    assertThat(program.done("delete", app.digest()).path("freed_blobs").asInt()).isEqualTo(3);
  }

  @Test
  void taggingAnUntaggedRootMakesItTheTaggedOne() {
    program.done("untag", "app");
    program.done("tag", app.digest(), "again");
    assertThat(names()).containsExactly("again");
    assertThat(program.done("why", app.digest()).path("ref_count").asInt()).isEqualTo(1);
  }

  @Test
  void theSameNameTwiceChangesNothing() throws Exception {
    program.done("tag", "app", "app:v2");
    byte[] index = Files.readAllBytes(layout.root().resolve("index.json"));
    program.done("tag", "app", "app:v2");
    assertThat(layout.root().resolve("index.json")).hasBinaryContent(index);
  }

  @Test
  void aTakenNameMovesOnlyOnRequestAndItsOldContentStays() {
    Item other = layout.image("other").layers(1).tag();
    assertThat(program.json("tag", "app", "other").exitCode()).isEqualTo(2);
    program.done("tag", "--move", "app", "other");
    JsonNode list = program.done("ls");
    assertThat(list).hasSize(3);
    assertThat(list.findValuesAsText("digest")).contains(other.digest());
    assertThat(program.done("why", app.digest()).path("ref_count").asInt()).isEqualTo(2);
    assertThat(layout.blobs()).hasSize(6);
  }

  @Test
  void aLayerGetsNoNameSinceNothingCouldBeDeletedBesideIt() {
    Item layer = layout.layer("shared");
    layout.image("other").layer(layer).tag();
    Program.Run run = program.json("tag", layer.digest(), "mine");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.error())
        .contains("is not one complete JSON object", "ocigc-ledger why " + layer.digest());
    assertThat(names()).containsExactly("app", "other");
    assertThat(program.done("delete", "app").path("freed_blobs").asInt()).isEqualTo(3);
  }

  @Test
  void aNameOutsideTheGrammarIsRefused() {
    for (String name : List.of("", "a b", "-a", "a//b", "a\nb", "../a")) {
      assertThat(program.json("tag", "app", name).exitCode()).as(name).isEqualTo(2);
    }
    assertThat(names()).containsExactly("app");
  }

  @Test
  void unknownReferencesAreNotFound() {
    assertThat(program.json("tag", "none", "new").exitCode()).isEqualTo(3);
    assertThat(program.json("untag", "none").exitCode()).isEqualTo(3);
  }

  @Test
  void anUntaggedRootHasNoNameToDrop() {
    Item untagged = layout.image("untagged").layers(1).untagged();
    assertThat(program.json("untag", untagged.digest()).exitCode()).isIn(2, 3);
    assertThat(program.done("ls")).hasSize(2);
  }

  @Test
  void aHeldChildCanGetANameOfItsOwn() {
    Item child = layout.image("child").layers(1).item();
    layout.tag(layout.index(child), "multi");
    program.done("tag", child.digest(), "child");
    assertThat(program.done("delete", "multi").path("freed_blobs").asInt()).isEqualTo(1);
    JsonNode list = program.done("ls", "child");
    assertThat(list.path(0).path("media_type").asText()).isEqualTo(LayoutFixture.MANIFEST);
  }

  @Test
  void annotationsOfAnEntryGoWithItsNewName() throws Exception {
    Path index = layout.root().resolve("index.json");
    Files.writeString(
        index,
        Files.readString(index).replace("\"annotations\":{", "\"annotations\":{\"keep\":\"me\","));
    program.done("tag", "app", "app:v2");
    assertThat(Files.readString(index).split("\"keep\":\"me\"", -1)).hasSize(3);
  }

  @Test
  void anIndexThatNothingElseNamesIsTaggedAsWhatItSaysOfItself() {
    Item index = layout.referringIndex(app);
    program.done("reconcile");
    program.done("tag", index.digest(), "list");
    assertThat(program.done("ls", "list").path(0).path("media_type").asText())
        .isEqualTo(LayoutFixture.INDEX);
  }

  /** It would be gone with the leftover, at the next prune. */
  @Test
  void whatOnlyALeftoverHoldsBecomesAnUntaggedRootWhenItsNameMoves() {
    Item child = layout.image("child").layers(1).tag();
    Item index = layout.index(child);
    layout.tag(index, "multi");
    program.done("ls");
    layout.untagElsewhere("multi");
    program.done("tag", "--move", "app", "child");
    assertThat(program.done("ls").findValuesAsText("digest")).contains(child.digest());
    assertThat(program.done("prune", "--orphans", "--older-than", "0s").path("freed"))
        .singleElement()
        .satisfies(freed -> assertThat(freed.path("digest").asText()).isEqualTo(index.digest()));
  }

  @Test
  void whatHoldsEachOtherStaysWhenTheNameOfBothMoves() {
    Item child = layout.image("child").layers(1).item();
    Item index = layout.referringIndex(child, child);
    layout.tag(index, "both").tag(child, "both");
    program.done("tag", "--move", "app", "both");
    assertThat(program.done("prune", "--orphans", "--older-than", "0s").path("freed")).isEmpty();
    assertThat(layout.blobs()).hasSize(3 + 3 + 1);
  }

  /** Its subject held it by that name alone. */
  @Test
  void aSignatureWhoseNameMovesBecomesAnUntaggedRoot() {
    Item signature = layout.image("signature").layers(1).item();
    String name = app.digest().replace(':', '-') + ".sig";
    layout.tag(signature, name);
    layout.image("other").layers(1).tag();
    program.done("tag", "--move", "other", name);
    assertThat(program.done("ls").findValuesAsText("digest")).contains(signature.digest());
    assertThat(program.done("prune", "--orphans", "--older-than", "0s").path("freed")).isEmpty();
  }

  @Test
  void whatAnotherOfThemHoldsGetsNoRootOfItsOwn() {
    Item child = layout.image("child").layers(1).item();
    Item index = layout.index(child);
    Item top = layout.index(index);
    layout.tag(child, "all").tag(top, "all").tag(index, "all");
    program.done("tag", "--move", "app", "all");
    assertThat(program.done("ls").findValuesAsText("digest"))
        .containsExactlyInAnyOrder(app.digest(), app.digest(), top.digest());
    assertThat(program.done("prune", "--orphans", "--older-than", "0s").path("freed")).isEmpty();
  }

  /** Its first holders are below the name that comes and goes. */
  @Test
  void aLayerThatAnotherImageHoldsTooIsNotUnique() {
    Item layer = layout.layer("shared");
    Item[] children = new Item[5];
    for (int i = 0; i < children.length; i++) {
      children[i] = layout.image("child " + i).layer(layer).item();
    }
    layout.tag(layout.index(children), "list");
    program.done("reconcile");
    layout.image("later").layer(layer).tag();
    program.done("tag", "list", "list:too");
    program.done("delete", "list:too");
  }
}
