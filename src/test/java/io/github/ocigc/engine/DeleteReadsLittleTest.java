package io.github.ocigc.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ocigc.fixture.Item;
import io.github.ocigc.fixture.KraftFixture;
import io.github.ocigc.fixture.LayoutFixture;
import io.github.ocigc.fixture.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A delete works from the ledger and the roots alone. Here every blob has been overwritten with
 * garbage of the same length, in place: whoever opened one would find damage.
 */
final class DeleteReadsLittleTest {
  @TempDir Path folder;

  private static void overwriteAll(Path blobs) throws IOException {
    try (Stream<Path> files = Files.walk(blobs)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        byte[] garbage = new byte[(int) Files.size(file)];
        Arrays.fill(garbage, (byte) '{');
        Files.write(file, garbage);
      }
    }
  }

  @Test
  void aDeleteInALayoutOpensNoBlob() throws IOException {
    LayoutFixture layout = new LayoutFixture(folder.resolve("store"));
    LayoutFixture.Image base = layout.image("base").layers(2);
    base.tag();
    Item app = layout.image("app").sharing(base).layers(2).tag();
    layout.image("signature").layers(1).subject(app).untagged();
    Item arm = layout.image("arm").sharing(base).layers(1).item();
    layout.tag(layout.platforms(List.of("linux/amd64", "linux/arm64"), List.of(app, arm)), "multi");
    Program program = new Program(layout.root());
    Program.Run planned = program.json("delete", "app", "multi", "--dry-run");
    assertThat(planned.freed()).hasSize(11);
    overwriteAll(layout.root().resolve("blobs"));

    Program.Run run = program.json("delete", "app", "multi");

    assertThat(run.exitCode()).isZero();
    assertThat(run.freed()).containsExactlyElementsOf(planned.freed());
    assertThat(run.json().path("freed_bytes")).isEqualTo(planned.json().path("freed_bytes"));
    assertThat(layout.blobs()).hasSize(4);
    program.assertCountsHold();
  }

  @Test
  void aDeleteInAKraftStoreOpensNothingBelowAnIndex() throws IOException {
    KraftFixture kraft = new KraftFixture(folder.resolve("store"));
    Item kernel = kraft.layer("kernel");
    Item one = kraft.manifest("one", kernel, kraft.layer("one"));
    Item two = kraft.manifest("two", kernel, kraft.layer("two"));
    kraft.tag(kraft.index("a.io/one:1", Map.of("qemu/x86_64", one)), "a.io/one:1");
    kraft.tag(kraft.index("a.io/two:1", Map.of("qemu/x86_64", two)), "a.io/two:1");
    Program program = new Program(kraft.root());
    Program.Run planned = program.json("delete", "a.io/one:1", "--dry-run");
    assertThat(planned.freed()).hasSize(4);
    for (Item item : new Item[] {kernel, one, two}) {
      Files.write(kraft.file(item), new byte[(int) Files.size(kraft.file(item))]);
    }

    Program.Run run = program.json("delete", "a.io/one:1");

    assertThat(run.exitCode()).isZero();
    assertThat(run.freed()).containsExactlyElementsOf(planned.freed());
    assertThat(kraft.file(kernel)).exists();
    program.assertCountsHold();
  }
}
