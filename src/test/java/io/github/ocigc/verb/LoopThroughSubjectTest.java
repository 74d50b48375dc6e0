package io.github.ocigc.verb;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.ocigc.fixture.Item;
import io.github.ocigc.fixture.LayoutFixture;
import io.github.ocigc.fixture.Program;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An index that has an image as its subject and as its child, and the image's only tag goes. */
final class LoopThroughSubjectTest {
  @TempDir Path folder;
  private LayoutFixture layout;
  private Program program;
  private Item image;
  private Item index;

  @BeforeEach
  void makeLayout() {
    layout = new LayoutFixture(folder.resolve("store"));
    program = new Program(layout.root());
    image = layout.image("app").layers(1).tag();
    index = layout.referringIndex(image, image);
  }

  @AfterEach
  void theLedgerSaysWhatARebuiltOneWouldSay() {
    program.assertCountsHold();
    assertThat(program.done("reconcile").path("changes").asInt()).isZero();
  }

  @Test
  void aDeleteTakesTheWholeLoop() {
    assertThat(program.done("delete", "app").path("freed_blobs").asInt()).isEqualTo(4);
    assertThat(layout.blobs()).isEmpty();
  }

  @Test
  void aReferrerThatIsToStayBecomesARootAndKeepsItsSubject() {
    JsonNode report = program.done("delete", "--keep-referrers", "app");
    assertThat(report.path("freed_blobs").asInt()).isZero();
    JsonNode list = program.done("ls");
    assertThat(list).hasSize(1);
    assertThat(list.path(0).path("digest").asText()).isEqualTo(index.digest());
    assertThat(program.done("check").path("findings")).isEmpty();
    assertThat(program.done("delete", index.digest()).path("freed_blobs").asInt()).isEqualTo(4);
  }

  @Test
  void aFallbackTagWithTheLoopIsPlainOnceAnotherToolDropsTheImagesTag() {
    layout.tag(index, image.digest().replace(':', '-'));
    assertThat(program.done("ls").findValuesAsText("held_by_subject"))
        .containsExactly("false", "true");
    layout.untagElsewhere("app");
    assertThat(program.done("ls").findValuesAsText("held_by_subject")).containsExactly("false");
    assertThat(program.done("check").path("findings")).isEmpty();
  }

  /** The signature is held by the loop alone, which a root of its own keeps. */
  @Test
  void aTagThatSpeaksOfWhatTheLoopHoldsIsWeakThoughAnotherTagNamesTheSame() {
    layout.tag(index, image.digest().replace(':', '-'));
    Item signature = layout.image("signature").layers(1).subject(index).item();
    Item other = layout.image("other").layers(1).tag();
    layout.tag(other, signature.digest().replace(':', '-'));
    assertThat(program.done("ls").findValuesAsText("held_by_subject"))
        .containsExactly("false", "false", "true", "true");
    layout.untagElsewhere("app");
    assertThat(program.done("ls").findValuesAsText("held_by_subject"))
        .containsExactlyInAnyOrder("false", "false", "true");
  }
}
