package io.github.ocigc.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ocigc.fixture.Child;
import io.github.ocigc.fixture.LayoutFixture;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever runs the program within its own process keeps its standard input. */
class StandardInputTest {
  @TempDir Path folder;

  @Test
  void anImportFromAFolderLeavesStandardInputOpen() {
    LayoutFixture source = new LayoutFixture(folder.resolve("source"));
    source.image("app").layers(1).tag();
    String store = new LayoutFixture(folder.resolve("store")).root().toString();
    try (Child child = Child.servingByStandardInput()) {
      child.awaitOut("ready");
      assertThat(child.order(List.of("--store", store, "import", source.root().toString())))
          .hasValueSatisfying(answer -> assertThat(answer).startsWith("0 "));
      assertThat(child.order(List.of("--store", store, "ls")))
          .as("the next command of the same process")
          .hasValueSatisfying(answer -> assertThat(answer).startsWith("0 ").contains("app"));
    }
  }
}
