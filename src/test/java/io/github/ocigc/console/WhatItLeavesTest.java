package io.github.ocigc.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.ocigc.fixture.Child;
import io.github.ocigc.fixture.LayoutFixture;
import io.github.ocigc.fixture.Program;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A console as a process of its own: what it says, and that its end leaves nothing. */
class WhatItLeavesTest {
  @TempDir Path root;

  @BeforeEach
  void makeStore() {
    LayoutFixture store = new LayoutFixture(root);
    store.image("base").layers(2).tag();
    store.image("app").layers(2).tag();
    new Program(root).done("ls");
  }

  private static List<Path> temporary() throws IOException {
    try (Stream<Path> all = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return all.filter(path -> path.getFileName().toString().startsWith("ocigc-ledger")).toList();
    }
  }

  private List<String> inTheStore() throws IOException {
    try (Stream<Path> all = Files.walk(root.resolve(".ocigc"))) {
      return all.map(Path::toString).sorted().toList();
    }
  }

  @Test
  void saysWhereItIsAndEndsWithCtrlC() throws IOException {
    List<Path> before = temporary();
    List<String> store = inTheStore();
    try (Child child = Child.running(root, "console", "--no-browser")) {
      URI address = URI.create(child.awaitOut("http://127.0.0.1:"));
      assertThat(child.awaitOut("The ledger of"))
          .contains(root.toString(), "read-only copy", "Ctrl-C")
          .containsPattern("as of \\d\\d:\\d\\d:\\d\\d");
      assertThat(Visitor.inside(address).query("SELECT name FROM tag")).contains("app");
      assertThat(temporary()).isEqualTo(before);
      assertThat(child.interrupt()).isIn(130, 143);
      assertThat(child.restOfErr()).isEmpty();
    }
    assertThat(temporary()).isEqualTo(before);
    assertThat(inTheStore()).isEqualTo(store);
    assertThat(new Program(root).findings()).isEmpty();
  }

  /** The database would wait for the query when the process ends, if it were let. */
  @Test
  void aQueryThatRunsDoesNotKeepItFromEnding() {
    try (Child child = Child.running(root, "console", "--no-browser")) {
      URI address = URI.create(child.awaitOut("http://127.0.0.1:"));
      Visitor visitor = Visitor.inside(address);
      Duration before = processorTime(child);
      String endless =
          "SELECT COUNT(*) FROM SYSTEM_RANGE(1, 1000000) a, SYSTEM_RANGE(1, 1000000) b";
      CompletableFuture<String> asking =
          CompletableFuture.supplyAsync(() -> visitor.query(endless));
      while (processorTime(child).minus(before).compareTo(Duration.ofSeconds(2)) < 0) {
        assertThat(asking).isNotDone(); // nothing else of it takes seconds
      }
      assertThat(child.interrupt()).isIn(130, 143);
    }
  }

  private static Duration processorTime(Child child) {
    return ProcessHandle.of(child.pid()).orElseThrow().info().totalCpuDuration().orElseThrow();
  }

  @Test
  void leavesNothingWhenItIsKilled() throws IOException {
    List<Path> before = temporary();
    List<String> store = inTheStore();
    try (Child child = Child.running(root, "console", "--no-browser", "--json")) {
      String document = child.awaitOut("{");
      URI address = URI.create(new ObjectMapper().readTree(document).path("url").asText());
      assertThat(Visitor.inside(address).query("SELECT name FROM tag")).contains("app");
      new Program(root).done("delete", "app"); // nothing is locked
      child.kill();
    }
    assertThat(temporary()).isEqualTo(before);
    assertThat(inTheStore()).isEqualTo(store);
    new Program(root).assertCountsHold();
  }
}
