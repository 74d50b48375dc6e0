package io.github.ocigc.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ocigc.fixture.Item;
import io.github.ocigc.fixture.LayoutFixture;
import io.github.ocigc.fixture.Program;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a delete takes lies together in a ledger that was built from the disk. */
final class LoadOrderTest {
  private static final String FIRST_IMAGE_OF_EACH =
      """
      SELECT COALESCE(
        (SELECT MIN(name) FROM image_content WHERE image_content.digest = content.digest),
        'none') AS image
      FROM content
      ORDER BY id
      """;

  @TempDir Path folder;

  @Test
  void contentsAreNumberedImageAfterImageAndWhatNobodyHoldsComesLast() {
    LayoutFixture layout = new LayoutFixture(folder.resolve("store"));
    Program program = new Program(layout.root());
    Item base = layout.layer("base");
    layout.layer("leftover");
    for (String name : List.of("a", "b", "c", "d")) {
      Item image = layout.image(name).layer(base).layers(5).tag();
      layout.image("signature of " + name).subject(image).untagged();
    }
    program.done("reconcile");

    List<String> images = program.sql(FIRST_IMAGE_OF_EACH).findValuesAsText("image");

    assertThat(images).isSorted().hasSizeGreaterThan(4 * 7).endsWith("d", "none");
  }
}
