package io.github.ocigc.verb;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ocigc.fixture.Item;
import io.github.ocigc.fixture.LayoutFixture;
import io.github.ocigc.fixture.Program;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The ways from references down to a content: as many as there are, and the first of them shown.
 */
final class WhyVerbTest {
  private static final int IMAGES = 30;

  @TempDir Path folder;
  private LayoutFixture layout;
  private Program program;
  private Item base;
  private Item last;

  @BeforeEach
  void imagesThatShareALayer() {
    layout = new LayoutFixture(folder.resolve("store"));
    program = new Program(layout.root());
    base = layout.layer("base");
    for (int i = 0; i < IMAGES; i++) {
      last = layout.image("image-" + i).layer(base).layers(1).tag();
    }
  }

  private List<String> why(String... words) {
    return program.text(words).out().lines().toList();
  }

  private static String brief(Item item) {
    return item.digest().substring(0, "sha256:".length() + 12);
  }

  @Test
  void ofManyTheFirstAreShownAndTheOthersCounted() {
    List<String> lines = why("why", base.digest());
    assertThat(lines).contains("Held 30 times, kept by 30 references:");
    assertThat(lines).filteredOn(line -> line.endsWith(" > layer " + brief(base))).hasSize(20);
    assertThat(lines).last().isEqualTo("  and 10 references more; --all shows them");
    assertThat(why("why", "--all", base.digest()))
        .filteredOn(line -> line.endsWith(" > layer " + brief(base)))
        .doesNotHaveDuplicates()
        .hasSize(30);
  }

  @Test
  void ofVeryManyNotEvenAllAreCounted() {
    for (int i = 0; i < 1100; i++) {
      layout.tag(last, "name-" + i);
    }
    Item other = layout.index(last);
    layout.tag(other, "of-platforms");
    List<String> lines = why("why", last.digest());
    assertThat(lines).contains("Held 1,102 times, kept by at least 1,101 references:");
    assertThat(lines).last().isEqualTo("  and at least 1,081 references more; --all shows them");
    assertThat(why("why", "--all", last.digest()))
        .contains("Held 1,102 times, kept by 1,102 references:")
        .last()
        .isEqualTo("  of-platforms > child " + brief(last));
    assertThat(program.done("why", last.digest()).path("roots")).hasSize(1102);
  }

  @Test
  void ofFewAllAreShown() {
    assertThat(why("why", last.digest()))
        .containsExactly(
            last.digest() + "  " + last.size() + " B, present",
            "Held 1 time, kept by 1 reference:",
            "  image-29");
  }

  @Test
  void longerWaysGoThroughIndexesAndSubjectsAndComeAfterShorterOnes() {
    Item index = layout.index(last);
    layout.tag(index, "of-platforms");
    Item signature = layout.image("signature").subject(index).untagged();
    assertThat(why("why", last.digest()))
        .endsWith("  image-29", "  of-platforms > child " + brief(last));
    assertThat(why("why", signature.digest()))
        .endsWith("  of-platforms > referrer " + brief(signature));
    assertThat(why("why", "--all", base.digest()))
        .last()
        .isEqualTo("  of-platforms > child " + brief(last) + " > layer " + brief(base));
  }
}
