package io.github.ocigc.archive;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ocigc.oci.OcigcException;
import java.nio.file.Path;

/** What an archive is refused with: a sentence that begins with its path. */
record Refused(Path file, Path scratch, long limitBytes) {
  ImageSource open() {
    return ImageSource.open(file, scratch, limitBytes);
  }

  void asDamaged(String why) {
    assertThatThrownBy(this::open)
        .isInstanceOf(OcigcException.Damaged.class)
        .hasMessageStartingWith(file + " cannot be trusted: ")
        .hasMessageEndingWith(". Make or fetch it again.")
        .hasMessageContaining(why);
  }

  void asUnusable(String why) {
    assertThatThrownBy(this::open)
        .isInstanceOf(OcigcException.Unusable.class)
        .hasMessageStartingWith(file + " ")
        .hasMessageContaining(why);
  }
}
