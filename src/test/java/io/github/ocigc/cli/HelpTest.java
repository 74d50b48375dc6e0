package io.github.ocigc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ocigc.store.Steps;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** Every help ends with examples, and these are what the program understands. */
class HelpTest {
  @TempDir static Path folder;

  private static CommandLine program() {
    PrintStream none = new PrintStream(PrintStream.nullOutputStream());
    return Verbs.all(new GlobalOptions(none, none, Map.of(), folder, false, Steps.NONE));
  }

  static Collection<String> commands() {
    List<String> commands = new ArrayList<>(List.of(""));
    program().getSubcommands().values().stream()
        .map(CommandLine::getCommandName)
        .distinct()
        .forEach(commands::add);
    return commands;
  }

  @ParameterizedTest
  @MethodSource("commands")
  void eachCommandHasTwoExamplesThatCanBeRun(String command) throws Exception {
    CommandLine asked = command.isEmpty() ? program() : program().getSubcommands().get(command);
    String help = asked.getUsageMessage(CommandLine.Help.Ansi.OFF);
    List<String> examples =
        help.substring(help.indexOf("Examples:\n")).lines().skip(1).map(String::strip).toList();
    assertThat(examples).as(help).hasSizeGreaterThan(1).doesNotHaveDuplicates();
    for (String example : examples) {
      List<String> words = asBashReadsIt(example);
      CommandLine.ParseResult parsed = program().parseArgs(words.toArray(String[]::new));
      assertThat(parsed.hasSubcommand()).as(example).isTrue();
      if (!command.isEmpty()) {
        assertThat(words).as(example).contains(command);
      }
      assertThat(parsed.unmatched()).as(example).isEmpty();
    }
  }

  /** The words with which it would start the program. */
  private static List<String> asBashReadsIt(String example) throws Exception {
    Path said = folder.resolve("said");
    String script =
        "ocigc-ledger() { printf '%s\\n' \"$@\" >'" + said + "'; }; docker() { :; };\n" + example;
    Process bash =
        new ProcessBuilder("bash", "--norc", "--noprofile", "-c", script)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    bash.getOutputStream().close();
    bash.waitFor();
    return lines(said, example);
  }

  private static List<String> lines(Path said, String example) throws IOException {
    assertThat(said).as(example).exists();
    try (Stream<String> lines = Files.lines(said)) {
      return lines.toList();
    } finally {
      Files.delete(said);
    }
  }
}
