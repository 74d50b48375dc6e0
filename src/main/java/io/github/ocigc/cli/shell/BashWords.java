package io.github.ocigc.cli.shell;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What the script for bash is told: for each command three lists of words. */
final class BashWords {
  private BashWords() {}

  static Map<String, String> of(Program program) {
    StringBuilder cases = new StringBuilder();
    program
        .commands()
        .forEach(
            command ->
                cases.append(
                    lists(String.join(" | ", command.names()), command, operands(command))));
    String names = program.commands().stream().map(Command::name).collect(Collectors.joining(","));
    return Map.of("COMMANDS", cases + lists("*", program.itself(), "=" + names));
  }

  private static String lists(String pattern, Command command, String operands) {
    String switches =
        command.switches().stream()
            .map(Switch::names)
            .flatMap(List::stream)
            .collect(Collectors.joining(" "));
    String values =
        command.switches().stream().map(BashWords::values).collect(Collectors.joining());
    return "  "
        + pattern
        + ")\n    switches="
        + Quoted.posix(switches)
        + "\n    values="
        + Quoted.posix(values.strip())
        + "\n    operands="
        + Quoted.posix(operands)
        + "\n    ;;\n";
  }

  private static String values(Switch option) {
    return option
        .value()
        .map(
            value ->
                option.names().stream()
                    .map(name -> name + "=" + kind(value) + " ")
                    .collect(Collectors.joining()))
        .orElse("");
  }

  private static String operands(Command command) {
    return command.operands().stream()
        .map(operand -> kind(operand.value()) + (operand.repeated() ? "*" : ""))
        .collect(Collectors.joining(" "));
  }

  private static String kind(Value value) {
    return value.kind() == Value.Kind.CHOICE
        ? "=" + String.join(",", value.choices())
        : value.kind().word();
  }
}
