package io.github.ocigc.cli.shell;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What the script for fish is told: a line {@code complete} for each command, option, operand. */
final class FishWords {
  private static final String COMPLETE = "complete -c ocigc-ledger";

  private final StringBuilder lines = new StringBuilder();
  private final Set<String> valued = new TreeSet<>();

  private FishWords() {}

  static Map<String, String> of(Program program) {
    FishWords words = new FishWords();
    Set<List<String>> common = new HashSet<>();
    for (Switch option : program.itself().switches()) {
      common.add(option.names());
      words.option("", option);
    }
    for (Command command : program.commands()) {
      words.command(command);
      command.switches().stream()
          .filter(option -> !common.contains(option.names()))
          .forEach(option -> words.option(at("any", command), option));
      words.operands(command);
    }
    return Map.of("COMMANDS", words.lines.toString(), "VALUED", String.join(" ", words.valued));
  }

  private void command(Command command) {
    lines
        .append(COMPLETE)
        .append(" -n '__ocigc_ledger_at 0' -a ")
        .append(command.name())
        .append(described(command.description()))
        .append('\n');
  }

  private void option(String condition, Switch option) {
    lines.append(COMPLETE).append(condition);
    option.letters().forEach(letter -> lines.append(" -s ").append(letter));
    option.longNames().forEach(name -> lines.append(" -l ").append(name));
    option.value().ifPresent(value -> valued.addAll(option.names()));
    lines
        .append(option.value().map(value -> value(value, true)).orElse(""))
        .append(described(option.description()))
        .append('\n');
  }

  private void operands(Command command) {
    int count = 0;
    for (Operand operand : command.operands()) {
      String condition = at(operand.repeated() ? "any" : String.valueOf(count++), command);
      if (operand.value().kind() != Value.Kind.TEXT) {
        lines.append(COMPLETE).append(condition).append(value(operand.value(), false)).append('\n');
      }
    }
  }

  private static String at(String count, Command command) {
    return " -n '__ocigc_ledger_at " + count + " " + String.join(" ", command.names()) + "'";
  }

  private static String value(Value value, boolean required) {
    Optional<String> words =
        switch (value.kind()) {
          case REFERENCE, CONTENT ->
              Optional.of("(__ocigc_ledger_stored " + value.kind().word() + ")");
          case FOLDER -> Optional.of("(__fish_complete_directories)");
          case CHOICE -> Optional.of(String.join(" ", value.choices()));
          case FILE, TEXT -> Optional.empty();
        };
    String files = value.kind() == Value.Kind.FILE ? " -F" : "";
    return (required ? (files.isEmpty() ? " -x" : " -r") : "")
        + files
        + words.map(text -> " -a " + Quoted.fish(text)).orElse("");
  }

  private static String described(String text) {
    return " -d " + Quoted.fish(Quoted.shortened(text));
  }
}
