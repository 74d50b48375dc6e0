package io.github.ocigc.damage;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ocigc.fixture.Program;
import io.github.ocigc.fixture.StoreFiles;
import java.nio.file.Path;
import java.util.Map;

/** Runs commands that must fail with a sentence, and leave every file of the store as it was. */
final class Untouched {
  private final Path store;

  Untouched(Path store) {
    this.store = store;
  }

  /** Runs it as a person would; returns the sentence. */
  String refuses(int exitCode, String... command) {
    Map<String, String> before = StoreFiles.everything(store);
    Program.Run run = new Program(store).text(command);
    String all = String.join(" ", command) + ": " + run.out() + run.err();
    assertThat(run.exitCode()).as(all).isEqualTo(exitCode);
    assertThat(run.err()).as(all).contains("ocigc-ledger: ").doesNotContain("should not have");
    assertThat(run.err()).as(all).doesNotContain("Exception").doesNotContain("\tat ");
    assertThat(StoreFiles.everything(store)).as(all).isEqualTo(before);
    return run.err();
  }

  /** Runs it; whatever comes of it, no file of the store changes. */
  Program.Run leavesAlone(String... command) {
    Map<String, String> before = StoreFiles.everything(store);
    Program.Run run = new Program(store).text(command);
    String all = String.join(" ", command) + ": " + run.out() + run.err();
    assertThat(run.err()).as(all).doesNotContain("should not have");
    assertThat(StoreFiles.everything(store)).as(all).isEqualTo(before);
    return run;
  }
}
