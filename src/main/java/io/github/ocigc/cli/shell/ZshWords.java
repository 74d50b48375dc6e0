package io.github.ocigc.cli.shell;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What the script for zsh is told: specifications for its {@code _arguments}. */
final class ZshWords {
  private ZshWords() {}

  static Map<String, String> of(Program program) {
    String common =
        program.itself().switches().stream()
            .map(ZshWords::specifications)
            .flatMap(List::stream)
            .map(spec -> "    " + spec + " \\\n")
            .collect(Collectors.joining());
    String commands =
        program.commands().stream()
            .map(
                command ->
                    "        "
                        + Quoted.posix(
                            command.name() + ":" + escaped(Quoted.shortened(command.description())))
                        + "\n")
            .collect(Collectors.joining());
    String operands =
        program.commands().stream().map(ZshWords::arguments).collect(Collectors.joining());
    return Map.of("COMMON", common, "COMMANDS", commands, "OPERANDS", operands);
  }

  private static String arguments(Command command) {
    StringBuilder text = new StringBuilder();
    text.append("        (").append(String.join("|", command.names())).append(")\n");
    text.append("          _arguments -s :");
    for (Switch option : command.switches()) {
      specifications(option).forEach(spec -> text.append(" \\\n            ").append(spec));
    }
    int at = 1;
    for (Operand operand : command.operands()) {
      String place = operand.repeated() ? "*" : at++ + (operand.needed() ? "" : ":");
      text.append(" \\\n            ").append(Quoted.posix(place + action(operand.value())));
    }
    return text.append(" && ret=0\n          ;;\n").toString();
  }

  /** One for each name; a name is no more offered where another of the option is there. */
  private static List<String> specifications(Switch option) {
    String others = option.repeated() ? "*" : "(" + String.join(" ", option.names()) + ")";
    return option.names().stream()
        .map(
            name ->
                Quoted.posix(
                    others
                        + name
                        + option.value().map(value -> joint(name)).orElse("")
                        + "["
                        + escaped(Quoted.shortened(option.description()))
                        + "]"
                        + option.value().map(ZshWords::action).orElse("")))
        .toList();
  }

  /** How a value may be joined to a name: {@code --name=value} or {@code -nvalue}. */
  private static String joint(String name) {
    return name.startsWith("--") ? "=" : "+";
  }

  private static String action(Value value) {
    return ":"
        + escaped(value.label())
        + ":"
        + switch (value.kind()) {
          case REFERENCE, CONTENT -> "_ocigc-ledger_stored " + value.kind().word();
          case FILE -> "_files";
          case FOLDER -> "_files -/";
          case CHOICE -> "(" + String.join(" ", value.choices()) + ")";
          case TEXT -> "()"; // shows the label; a lone space would hide the options, too
        };
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]").replace(":", "\\:");
  }
}
