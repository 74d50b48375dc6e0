package io.github.ocigc.verb;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ocigc.fixture.Item;
import io.github.ocigc.fixture.LayoutFixture;
import io.github.ocigc.fixture.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A command that only asks, and finds nothing new on the disk, writes nothing into our folder. */
final class AskingWritesNothingTest {
  @TempDir Path folder;
  private LayoutFixture layout;
  private Program program;
  private Item app;

  @BeforeEach
  void aLedgerThatHasSeenAll() throws IOException {
    layout = new LayoutFixture(folder.resolve("store"));
    program = new Program(layout.root());
    app = layout.image("app").layers(2).tag();
    layout.image("other").layers(1).tag();
    settle();
    program.done("reconcile");
  }

  /** A change so young that another could bear the same time is looked at again. */
  private void settle() throws IOException {
    Files.setLastModifiedTime(
        layout.root().resolve("blobs/sha256"), FileTime.from(Instant.now().minusSeconds(60)));
  }

  /** Every file of ours with its time and bytes, but for the lock's text, which says who asks. */
  private Map<String, String> ours() throws IOException {
    Map<String, String> ours = new TreeMap<>();
    try (Stream<Path> all = Files.walk(layout.root().resolve(".ocigc"))) {
      for (Path path : all.filter(p -> !p.endsWith("lock")).toList()) {
        CRC32C sum = new CRC32C();
        if (Files.isRegularFile(path)) {
          sum.update(Files.readAllBytes(path));
        }
        ours.put(
            layout.root().relativize(path).toString(),
            Files.getLastModifiedTime(path) + " " + sum.getValue());
      }
    }
    assertThat(ours).containsKey(".ocigc/ledger.mv.db");
    return ours;
  }

  private List<String[]> questions() {
    return List.of(
        new String[] {"ls"},
        new String[] {"tree", "app"},
        new String[] {"why", app.digest()},
        new String[] {"du"},
        new String[] {"du", "app", "other"},
        new String[] {"check"},
        new String[] {"history"},
        new String[] {"sql", "SELECT COUNT(*) FROM image_usage"},
        new String[] {"delete", "--dry-run", "app"},
        new String[] {"prune", "--dry-run", "--orphans", "--older-than", "0s"});
  }

  @Test
  void questionsLeaveTheLedgerAsItIs() throws IOException {
    Map<String, String> before = ours();
    for (String[] question : questions()) {
      program.done(question);
      assertThat(ours()).as(String.join(" ", question)).isEqualTo(before);
    }
  }

  @Test
  void soDoesAReconcileThatFindsNothingWrong() throws IOException {
    Map<String, String> before = ours();
    assertThat(program.done("reconcile").path("changes").asInt()).isZero();
    assertThat(ours()).isEqualTo(before);
  }

  @Test
  void aFileBesideTheBlobFoldersIsReportedAndNoReasonToWrite() throws IOException {
    Map<String, String> before = ours();
    Files.writeString(layout.root().resolve("blobs/beside"), "of another tool");
    assertThat(program.json("reconcile").json().path("findings").findValuesAsText("kind"))
        .containsExactly("stray_file");
    assertThat(ours()).isEqualTo(before);
  }

  @Test
  void whatHasComeIsTakenInFirstAndThenNothingIsWritten() throws IOException {
    for (String[] question : questions()) {
      Map<String, String> before = ours();
      layout.image("newer " + question[0] + question.length).layers(1).tag();
      settle();
      program.done(question);
      Map<String, String> after = ours();
      assertThat(after).as(String.join(" ", question)).isNotEqualTo(before);
      program.done(question);
      assertThat(ours()).as(String.join(" ", question)).isEqualTo(after);
    }
    assertThat(program.done("ls")).hasSize(2 + questions().size());
    program.assertEqualsRebuilt();
  }

  @Test
  void aReferrerThatCameWithoutARootIsSeenByWhoeverAsksWhatIsFree() throws IOException {
    layout.image("signature").subject(app).item();
    settle();
    assertThat(program.done("ls")).hasSize(2);
    assertThat(program.done("du").path("orphan_blobs").asInt()).isZero();
  }

  @Test
  void aReconcileThatFindsSomethingMendsIt() throws IOException {
    Map<String, String> before = ours();
    Files.delete(layout.root().resolve("blobs").resolve(app.digest().replace(':', '/')));
    assertThat(program.json("reconcile").json().path("changes").asInt()).isPositive();
    assertThat(ours()).isNotEqualTo(before);
    program.assertEqualsRebuilt();
  }
}
