package io.github.ocigc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.NullNode;
import io.github.ocigc.engine.TransferProgress;
import io.github.ocigc.oci.Digest;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A transfer as a person sees it, and as a log has it. */
final class TransferShownTest {
  private static final long MB = 1_000_000;
  private static final Digest A = digest('a');
  private static final Digest B = digest('b');
  private static final Digest C = digest('c');

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private Screen screen = new Screen(80);
  private long now = 1000;

  private static Digest digest(char c) {
    return Digest.of("sha256", String.valueOf(c).repeat(64)).orElseThrow();
  }

  private Terminal terminal(boolean quiet, boolean watched, int width) {
    screen = new Screen(width);
    return new Terminal(
        new PrintStream(out, true, StandardCharsets.UTF_8),
        screen.stream(),
        false,
        quiet,
        watched,
        width,
        () -> now);
  }

  private void after(long millis) {
    now += millis;
  }

  @Test
  void onATerminalALineForEachBlobUnderWayAndOneForAllIsRedrawnInPlace() {
    TransferProgress shown = terminal(false, true, 80).transfer();
    shown.planned("pulling app", 3, 60 * MB);
    assertThat(screen.lines())
        .containsExactly("pulling app  [------------------------------]  0 B / 60.0 MB  0/3 blobs");

    after(100);
    shown.began(A, 40 * MB, 0);
    shown.began(B, 20 * MB, 5 * MB);
    after(1000);
    shown.moved(A, 10 * MB);
    assertThat(screen.lines())
        .containsExactly(
            "sha256:aaaaaaaaaaaa  [#######-----------------------]  10.0 MB / 40.0 MB",
            "sha256:bbbbbbbbbbbb  [#######-----------------------]  5.0 MB / 20.0 MB",
            "pulling app  [###----------]  15.0 MB / 60.0 MB  10.0 MB/s  5 s left  0/3 blobs");

    after(1000);
    shown.ended(B, "pulled");
    assertThat(screen.lines())
        .as("what has ended leaves the list, and what it saved is not speed")
        .containsExactly(
            "sha256:aaaaaaaaaaaa  [#######-----------------------]  10.0 MB / 40.0 MB",
            "pulling app  [#######-------]  30.0 MB / 60.0 MB  5.0 MB/s  7 s left  1/3 blobs");

    after(1000);
    shown.moved(A, -10 * MB);
    assertThat(screen.lines().get(0)).as("it starts again").contains("[-----").contains("0 B / 40");

    after(1000);
    shown.ended(A, "failed");
    shown.ended(C, "exists");
    after(1000);
    shown.began(A, 40 * MB, 0);
    assertThat(screen.lines().get(1)).contains("20.0 MB / 60.0 MB").endsWith("2/3 blobs");

    shown.over();
    assertThat(screen.lines()).isEmpty();
    shown.moved(A, MB);
    assertThat(screen.lines()).as("nothing comes after the end").isEmpty();
  }

  @Test
  void theBytesThatATerminalGetsAreTheseAndNoOthers() {
    TransferProgress shown = terminal(false, true, 60).transfer();
    shown.planned("pull", 1, 10);
    after(100);
    shown.began(A, 10, 0);
    shown.over();

    String total = "pull  [" + "-".repeat(28) + "]  0 B / 10 B  0/1 blobs";
    assertThat(screen.written())
        .isEqualTo(
            "\r"
                + total
                + "\033[K\033[J\r"
                + "sha256:aaaaaaaaaaaa  ["
                + "-".repeat(24)
                + "]  0 B / 10 B\033[K\n"
                + total
                + "\033[K\033[J\r\033[1A\033[J");
  }

  @Test
  void itIsDrawnTenTimesASecondAtMost() {
    TransferProgress shown = terminal(false, true, 80).transfer();
    shown.planned("pull", 1, 1000);
    shown.began(A, 1000, 0);
    for (int i = 0; i < 1000; i++) {
      after(1);
      shown.moved(A, 1);
    }
    assertThat(screen.written().split("blobs", -1)).hasSizeBetween(10, 12);
  }

  @Test
  void ofManyBlobsTheFirstEightAreShown() {
    TransferProgress shown = terminal(false, true, 80).transfer();
    shown.planned("pull", 16, 16);
    for (char c : "0123456789abcdef".toCharArray()) {
      shown.began(digest(c), 1, 0);
    }
    after(100);
    shown.ended(digest('1'), "pulled");
    assertThat(screen.lines()).hasSize(9);
    assertThat(screen.lines().get(1)).startsWith("sha256:222222222222");
    assertThat(screen.lines().get(8)).endsWith("1/16 blobs");
  }

  @Test
  void theTerminalsOtherWordsTakeTheBarsAwayFirst() {
    Terminal terminal = terminal(false, true, 80);
    terminal.progress("files", 7);
    TransferProgress shown = terminal.transfer();
    shown.planned("pull", 2, 10);
    after(100);
    shown.began(A, 10, 0);
    terminal.note("Something was found.");
    assertThat(screen.lines()).containsExactly("Something was found.");

    after(100);
    shown.moved(A, 5);
    assertThat(screen.lines()).hasSize(3).first().isEqualTo("Something was found.");

    terminal.error(ExitCode.FINDINGS, "It broke.");
    terminal.report(NullNode::getInstance, () -> "The report.");
    assertThat(screen.lines()).containsExactly("Something was found.", "ocigc-ledger: It broke.");
    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("The report.\n");
  }

  @Test
  void inALogEachBlobHasALineAtItsEndAndALongOneSomeBefore() {
    TransferProgress shown = terminal(false, false, 80).transfer();
    shown.planned("pull", 3, 60 * MB);
    shown.began(A, 40 * MB, 0);
    shown.began(B, 20 * MB, 0);
    after(9_999);
    shown.moved(A, 10 * MB);
    shown.moved(B, 20 * MB);
    shown.ended(B, "pulled");
    after(1);
    shown.moved(A, 5 * MB);
    shown.moved(A, MB);
    after(10_000);
    shown.moved(A, -16 * MB);
    shown.ended(A, "failed");
    shown.ended(C, "exists");
    shown.over();

    assertThat(screen.written())
        .isEqualTo(
            """
            sha256:bbbbbbbbbbbb  20.0 MB  pulled
            sha256:aaaaaaaaaaaa  37%  15.0 MB / 40.0 MB
            sha256:aaaaaaaaaaaa  0%  0 B / 40.0 MB
            sha256:aaaaaaaaaaaa  40.0 MB  failed
            sha256:cccccccccccc  exists
            """);
  }

  @Test
  void whoWantsItQuietSeesNothing() {
    for (boolean watched : new boolean[] {true, false}) {
      TransferProgress shown = terminal(true, watched, 80).transfer();
      shown.planned("pull", 1, 10);
      shown.began(A, 10, 0);
      after(60_000);
      shown.moved(A, 10);
      shown.ended(A, "pulled");
      shown.over();
      assertThat(screen.written()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 20, 30, 40, 60, 79, 80, 81, 120, 300})
  void noLineIsAsLongAsTheTerminalIsWide(int width) {
    for (String what : List.of("", "x", "registry.example/a/name/that/is/quite/long:v1", "名前")) {
      TransferProgress shown = terminal(false, true, width).transfer();
      shown.planned(what, 12_345, 999_900_000_000L);
      shown.began(A, 999_900_000_000L, 0);
      shown.began(B, -1, 0);
      for (int i = 0; i < 20; i++) {
        after(700);
        shown.moved(A, 77 * MB);
        assertThat(screen.lines()).hasSize(3);
      }
      shown.over();
    }
  }

  @Test
  void aNameCannotSpeakToTheTerminal() {
    TransferProgress shown = terminal(false, true, 80).transfer();
    shown.planned("a\033[2Jb\nc\u202e", 1, 10);
    after(100);
    shown.began(A, 10, 0);
    assertThat(screen.lines()).hasSize(2).last().asString().startsWith("a\\x1b[2Jb\\x0ac\\u202e");
    TransferProgress logged = terminal(false, false, 80).transfer();
    logged.ended(A, "pul\033led\n");
    assertThat(screen.written()).isEqualTo("sha256:aaaaaaaaaaaa  pul\\x1bled\\x0a\n");
  }

  @Test
  void threadsThatReportAtOnceDoNotTearThePicture() throws InterruptedException {
    screen = new Screen(80);
    Terminal terminal =
        new Terminal(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            screen.stream(),
            false,
            false,
            true,
            80,
            System::nanoTime); // every call draws
    TransferProgress shown = terminal.transfer();
    shown.planned("pull", 400, 400_000);
    List<Thread> threads = new ArrayList<>();
    for (char c : "ab".toCharArray()) {
      Thread thread =
          new Thread(
              () -> {
                for (int i = 0; i < 200; i++) {
                  shown.began(digest(c), 1000, 0);
                  shown.moved(digest(c), 1000);
                  shown.ended(digest(c), "pulled");
                  if (i % 50 == 0) {
                    terminal.note("note " + c);
                  }
                }
              });
      threads.add(thread);
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(screen.lines()).hasSize(9).last().asString().endsWith("400/400 blobs");
    assertThat(screen.lines().subList(0, 8)).allMatch(line -> line.matches("note [ab]"));
    shown.over();
    assertThat(screen.lines()).hasSize(8);
  }
}
