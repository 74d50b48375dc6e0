package io.github.ocigc.archive;

import io.github.ocigc.fixture.Item;
import io.github.ocigc.fixture.LayoutFixture;
import io.github.ocigc.oci.Digest;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A layout of one image, and beside it the place of an archive that is to be refused. */
abstract class RefusedArchives {
  static final long LIMIT = 1 << 20;
  static final String HEX = "0".repeat(64);

  @TempDir Path folder;
  LayoutFixture layout;
  Item app;
  Path file;

  @BeforeEach
  void buildALayout() {
    layout = new LayoutFixture(folder.resolve("layout"));
    app = layout.image("app").layers(2).tag();
    file = folder.resolve("archive");
  }

  ImageSource open() {
    return refused().open();
  }

  void damaged(String why) {
    refused().asDamaged(why);
  }

  void unusable(String why) {
    refused().asUnusable(why);
  }

  Refused refused() {
    return new Refused(file, folder, LIMIT);
  }

  static Digest digest(Item item) {
    return Digest.parse(item.digest()).orElseThrow();
  }
}
