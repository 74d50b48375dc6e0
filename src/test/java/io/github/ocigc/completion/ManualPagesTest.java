package io.github.ocigc.completion;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ocigc.cli.ShareFolder;
import io.github.ocigc.cli.shell.Shell;
import io.github.ocigc.fixture.Program;
import io.github.ocigc.fixture.Tool;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The folder that the build puts into the distribution, as man and the shells read it. */
class ManualPagesTest {
  private static final Pattern WORDS_OF_HELP =
      Pattern.compile("(?m)^ *((?:-\\w, )?--[a-z-]+|ocigc-ledger .*)");

  @TempDir Path folder;

  @BeforeEach
  void write() throws IOException {
    ShareFolder.main(new String[] {folder.toString(), "2026-11-24T00:00:00Z"});
  }

  private List<Path> pages() throws IOException {
    try (Stream<Path> pages = Files.list(folder.resolve("man/man1"))) {
      return pages.sorted().toList();
    }
  }

  private static List<String> commands() {
    return new Program(Path.of("/"))
        .text("completion", "fish")
        .out()
        .lines()
        .filter(line -> line.contains("'__ocigc_ledger_at 0' -a "))
        .map(line -> line.replaceAll(".* -a (\\w+) .*", "$1"))
        .toList();
  }

  @Test
  void eachCommandHasAPage() throws IOException {
    List<String> wanted = new ArrayList<>(List.of("ocigc-ledger.1"));
    commands().forEach(command -> wanted.add("ocigc-ledger-" + command + ".1"));
    assertThat(pages().stream().map(page -> page.getFileName().toString()))
        .containsExactlyInAnyOrderElementsOf(wanted)
        .contains("ocigc-ledger-delete.1");
  }

  @Test
  void theScriptsAreThoseOfTheCommand() throws IOException {
    for (Shell shell : Shell.values()) {
      assertThat(folder.resolve(shell.place()))
          .hasContent(TypedShell.text(folder, shell).stripTrailing());
    }
  }

  @Test
  void groffHasNothingToSayAgainstThem() throws Exception {
    new Tool("groff", "groff-base").need();
    for (Path page : pages()) {
      assertThat(run("groff", "-man", "-Tutf8", "-ww", "-z", page.toString())).isEmpty();
    }
  }

  @Test
  void manShowsAllThatTheHelpSays() throws Exception {
    new Tool("man", "man-db").need();
    for (Path page : pages()) {
      String text = run("man", "--warnings=w", "-E", "ascii", "-l", page.toString());
      assertThat(text).doesNotContain("warning").contains("NAME", "SYNOPSIS", "EXAMPLES");
      String verb = page.getFileName().toString().replaceAll("ocigc-ledger-?|\\.1$", "");
      List<String> words = verb.isEmpty() ? List.of("--help") : List.of(verb, "--help");
      String help = new Program(folder).text(words.toArray(String[]::new)).out();
      List<String> said =
          WORDS_OF_HELP.matcher(help).results().map(MatchResult::group).map(String::strip).toList();
      assertThat(said).as(help).contains("-h, --help");
      assertThat(text).as(page.toString()).contains(said);
    }
  }

  @Test
  void aPageIsFoundByWhatItIsAbout() throws Exception {
    new Tool("lexgrog", "man-db").need();
    Path page = folder.resolve("man/man1/ocigc-ledger-delete.1");
    assertThat(run("lexgrog", page.toString()))
        .contains("\"ocigc-ledger-delete - drops references and frees what nothing else uses\"");
  }

  private String run(String... command) throws Exception {
    Path out = folder.resolve("out");
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("MANWIDTH", "200");
    builder.environment().put("LC_ALL", "C.UTF-8");
    builder.environment().remove("MAN_KEEP_FORMATTING");
    Process process = builder.redirectErrorStream(true).redirectOutput(out.toFile()).start();
    process.getOutputStream().close();
    String text = String.join(" ", command) + ": ";
    assertThat(process.waitFor()).as(text + Files.readString(out)).isZero();
    return Files.readString(out, StandardCharsets.UTF_8);
  }
}
