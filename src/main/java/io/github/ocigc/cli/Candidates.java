package io.github.ocigc.cli;

import io.github.ocigc.engine.Completions;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the shells' completion scripts call while a person types: {@code __complete KIND BEGINNING
 * [STORE]} prints what may stand there, one a line. Never says anything else, never waits for
 * another process, and ends well whatever there is: the command that is being typed will say what
 * is wrong. It is no part of the command line that people see, and takes the short way past it.
 */
record Candidates(Map<String, String> environment, Path workingFolder) {
  static final String WORD = "__complete";

  private static final String VARIABLE = "\\$\\{?([A-Za-z_][A-Za-z0-9_]*)}?";

  Candidates {
    environment = Map.copyOf(environment);
  }

  /** True if these are the words of such a call. */
  static boolean wanted(String... words) {
    return words.length > 0 && words[0].equals(WORD);
  }

  /** True if the answer needs the database. */
  static boolean wantLedger(String... words) {
    return wanted(words) && words.length > 1 && words[1].equals("content");
  }

  void print(PrintStream out, String... words) {
    String kind = words.length > 1 ? words[1] : "";
    String beginning = words.length > 2 ? words[2] : "";
    try {
      Completions known = new Completions(store(words.length > 3 ? words[3] : ""));
      List<String> all =
          switch (kind) {
            case "reference" -> known.references(beginning);
            case "content" -> known.contents(beginning);
            default -> List.of(); // a script of another version
          };
      all.stream().filter(word -> canBeTyped(word, beginning)).forEach(out::println);
    } catch (RuntimeException e) {
      // said when the command is run, and not over the line that is being typed
    }
  }

  /** False for what a terminal could take for something else, and for what would be an option. */
  private static boolean canBeTyped(String word, String beginning) {
    return Plain.line(word).equals(word) && (!word.startsWith("-") || beginning.startsWith("-"));
  }

  private Path store(String typed) {
    StoreLocation location = new StoreLocation(environment, workingFolder);
    return location.find(
        Optional.of(typed)
            .filter(word -> !word.isEmpty())
            .map(word -> Files.exists(workingFolder.resolve(word)) ? word : expanded(word)));
  }

  /** As the shell will do it, of words that it has not yet expanded; nothing is ever run. */
  private String expanded(String word) {
    String home = environment.getOrDefault("HOME", "~");
    String path = word.equals("~") || word.startsWith("~/") ? home + word.substring(1) : word;
    return Pattern.compile(VARIABLE)
        .matcher(path)
        .replaceAll(
            found -> Matcher.quoteReplacement(environment.getOrDefault(found.group(1), "")));
  }
}
