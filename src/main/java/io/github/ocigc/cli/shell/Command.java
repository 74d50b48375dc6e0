package io.github.ocigc.cli.shell;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/**
 * One command, or the program without one.
 *
 * @param names the first is the usual one
 * @param switches those that every command takes, too
 * @param remarks what the help says below the options, a paragraph each
 * @param examples lines for a shell
 */
record Command(
    List<String> names,
    String description,
    List<Switch> switches,
    List<Operand> operands,
    List<String> remarks,
    List<String> examples) {
  private static final String EXAMPLES = "Examples:";

  Command {
    names = List.copyOf(names);
    switches = List.copyOf(switches);
    operands = List.copyOf(operands);
    remarks = List.copyOf(remarks);
    examples = List.copyOf(examples);
  }

  static Command of(CommandSpec spec, List<String> commands) {
    List<Switch> switches = new ArrayList<>();
    spec.options().stream()
        .filter(option -> !option.hidden())
        .forEach(option -> switches.add(Switch.of(option, commands)));
    List<Operand> operands = new ArrayList<>();
    spec.positionalParameters().stream()
        .filter(operand -> !operand.hidden())
        .forEach(operand -> operands.add(Operand.of(operand, commands)));
    List<String> names = new ArrayList<>(List.of(spec.name()));
    names.addAll(List.of(spec.aliases()));
    List<String> remarks = new ArrayList<>();
    List<String> examples = new ArrayList<>();
    for (String line : spec.usageMessage().footer()) {
      if (line.startsWith("  ")) {
        examples.add(line.strip());
      } else if (!line.isBlank() && !line.equals(EXAMPLES)) {
        remarks.add(line);
      }
    }
    return new Command(
        names,
        String.join(" ", spec.usageMessage().description()),
        switches,
        operands,
        remarks,
        examples);
  }

  String name() {
    return names.get(0);
  }

  /** The commands below, in their order, each once. */
  static List<Command> below(CommandSpec program) {
    List<CommandSpec> specs =
        program.subcommands().values().stream()
            .map(CommandLine::getCommandSpec)
            .distinct()
            .filter(spec -> !spec.usageMessage().hidden())
            .toList();
    List<String> all = specs.stream().map(CommandSpec::name).toList();
    return specs.stream().map(spec -> of(spec, all)).toList();
  }
}
