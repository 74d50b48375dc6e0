package io.github.ocigc.verb;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.ocigc.fixture.Item;
import io.github.ocigc.fixture.LayoutFixture;
import io.github.ocigc.fixture.Program;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that change nothing: their JSON is a contract. */
final class ReportVerbsTest {
  @TempDir Path folder;
  private LayoutFixture layout;
  private Program program;
  private Item shared;
  private Item one;
  private Item signature;

  @BeforeEach
  void makeLayout() {
    layout = new LayoutFixture(folder.resolve("store"));
    program = new Program(layout.root());
    shared = layout.layer("shared by two");
    one = layout.image("one").layer(shared).layers(1).tag();
    layout.image("two").layer(shared).layers(1).tag();
    signature = layout.image("signature").subject(one).untagged();
  }

  private static List<String> fields(JsonNode node) {
    return node.properties().stream().map(java.util.Map.Entry::getKey).toList();
  }

  @Test
  void lsListsReferencesByNameAndThenTheUntagged() {
    JsonNode list = program.done("ls");
    assertThat(list).hasSize(3);
    assertThat(fields(list.path(0)))
        .contains("reference", "digest", "media_type", "size_bytes", "unique_bytes", "created");
    assertThat(list.path(0).path("reference").asText()).isEqualTo("one");
    assertThat(list.path(0).path("digest").asText()).isEqualTo(one.digest());
    assertThat(list.path(0).path("media_type").asText()).isEqualTo(LayoutFixture.MANIFEST);
    assertThat(list.path(2).path("reference").isNull()).isTrue();
    assertThat(list.path(2).path("digest").asText()).isEqualTo(signature.digest());
    assertThat(program.done("ls", "t*")).hasSize(1);
    assertThat(program.json("ls", "x*").exitCode()).isEqualTo(3);
  }

  @Test
  void lsOfAnEmptyStoreIsAnEmptyList() {
    Program empty = new Program(new LayoutFixture(folder.resolve("empty")).root());
    assertThat(empty.done("ls")).isEmpty();
    assertThat(empty.text("ls").out()).isEqualTo("No references.\n");
  }

  @Test
  void uniqueIsWhatADeleteFreesAndTheSizeIsAllThatIsReached() {
    for (JsonNode line : program.done("ls", "one", "two")) {
      JsonNode plan = program.done("delete", "--dry-run", line.path("reference").asText());
      assertThat(line.path("unique_bytes")).isEqualTo(plan.path("freed_bytes"));
      assertThat(line.path("size_bytes").asLong())
          .isEqualTo(plan.path("freed_bytes").asLong() + shared.size());
    }
  }

  @Test
  void treeIsNestedAndMarksWhatIsShared() {
    JsonNode tree = program.done("tree", "one");
    assertThat(fields(tree))
        .contains("digest", "role", "size_bytes", "ref_count", "state", "children");
    assertThat(tree.path("digest").asText()).isEqualTo(one.digest());
    assertThat(tree.path("children").findValuesAsText("role"))
        .containsExactlyInAnyOrder("config", "layer", "layer", "referrer", "config");
    JsonNode layer =
        tree.path("children")
            .valueStream()
            .filter(child -> child.path("digest").asText().equals(shared.digest()))
            .findFirst()
            .orElseThrow();
    assertThat(layer.path("role").asText()).isEqualTo("layer");
    assertThat(layer.path("ref_count").asInt()).isEqualTo(2);
    assertThat(layer.path("size_bytes").asLong()).isEqualTo(shared.size());
    assertThat(layer.path("state").asText()).isEqualTo("present");
    assertThat(program.text("tree", "one").out()).contains("held 2 times");
  }

  @Test
  void whyNamesHoldersAndRoots() {
    JsonNode why = program.done("why", shared.digest());
    assertThat(fields(why)).contains("digest", "state", "ref_count", "holders", "roots");
    assertThat(why.path("roots")).hasToString("[\"one\",\"two\"]");
    assertThat(why.path("holders")).hasSize(2);
    JsonNode holder = why.path("holders").path(0);
    assertThat(holder.path("kind").asText()).isEqualTo("edge");
    assertThat(holder.path("role").asText()).isEqualTo("layer");
    JsonNode tag = program.done("why", one.digest()).path("holders").path(0);
    assertThat(tag.path("kind").asText()).isEqualTo("tag");
    assertThat(tag.path("name").asText()).isEqualTo("one");
    assertThat(program.done("why", signature.digest()).path("roots")).hasToString("[\"one\"]");
  }

  @Test
  void whyOfALeftoverSaysThatNothingKeepsIt() {
    Item leftover = layout.layer("leftover");
    program.done("reconcile");
    JsonNode why = program.done("why", leftover.digest());
    assertThat(why.path("roots")).isEmpty();
    assertThat(why.path("holders")).isEmpty();
    assertThat(program.text("why", leftover.digest()).out()).contains("Nothing keeps it");
    assertThat(program.json("why", "sha256:" + "0".repeat(64)).exitCode()).isEqualTo(3);
  }

  @Test
  void duAddsUp() {
    layout.layer("leftover");
    program.done("reconcile");
    JsonNode du = program.done("du");
    assertThat(fields(du))
        .contains(
            "blobs",
            "bytes",
            "shared_bytes",
            "orphan_blobs",
            "orphan_bytes",
            "condemned_blobs",
            "absent",
            "references");
    long bytes = layout.blobs().stream().mapToLong(d -> layout.file(d).toFile().length()).sum();
    assertThat(du.path("bytes").asLong()).isEqualTo(bytes);
    assertThat(du.path("blobs").asInt()).isEqualTo(layout.blobs().size());
    assertThat(du.path("shared_bytes").asLong()).isEqualTo(shared.size());
    assertThat(du.path("orphan_blobs").asInt()).isEqualTo(1);
    assertThat(du.path("orphan_bytes").asInt()).isEqualTo("leftover".length());
    long unique = 0;
    for (JsonNode line : du.path("references")) {
      assertThat(fields(line)).contains("reference", "size_bytes", "unique_bytes", "shared_bytes");
      assertThat(line.path("unique_bytes").asLong() + line.path("shared_bytes").asLong())
          .isEqualTo(line.path("size_bytes").asLong());
      unique += line.path("unique_bytes").asLong();
    }
    assertThat(unique + shared.size() + "leftover".length()).isEqualTo(bytes);
  }

  @Test
  void duOfSomeReferencesSaysWhatTheyWouldFreeTogether() {
    JsonNode together = program.done("du", "one", "two").path("together");
    JsonNode plan = program.done("delete", "--dry-run", "one", "two");
    assertThat(together.path("freed_bytes")).isEqualTo(plan.path("freed_bytes"));
    assertThat(together.path("freed_blobs")).isEqualTo(plan.path("freed_blobs"));
  }

  @Test
  void namesCannotSpeakToTheTerminal() {
    String evil = "evil\u001b[2J\nname\u202e\u0007";
    layout.tag(one, evil);
    for (String[] command :
        new String[][] {
          {"ls"}, {"du"}, {"why", shared.digest()}, {"delete", "--dry-run", evil}, {"untag", evil}
        }) {
      Program.Run run = program.text(command);
      assertThat(run.out() + run.err())
          .as(command[0])
          .contains("evil\\x1b")
          .doesNotContain("\u001b", "\nname", "\u202e", "\u0007");
    }
    assertThat(program.text("history").out()).doesNotContain("\u001b", "\nname");
    assertThat(program.text("ls", evil).err()).isNotEmpty().doesNotContain("\u001b", "\u202e");
  }

  @Test
  void jsonKeepsNamesAsTheyAre() {
    String evil = "evil\u001b[2J\nname\u202e";
    layout.tag(one, evil);
    Program.Run run = program.json("ls");
    assertThat(run.json().findValuesAsText("reference")).contains(evil);
    assertThat(run.out()).doesNotContain("\u001b", "\u202e");
    assertThat(run.out().lines()).hasSize(1);
  }
}
