package io.github.ocigc.cli.shell;

import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/**
 * The command line as a whole.
 *
 * @param itself what is said and taken without a command
 */
record Program(Command itself, List<Command> commands) {
  Program {
    commands = List.copyOf(commands);
  }

  static Program of(CommandSpec spec) {
    return new Program(Command.of(spec, List.of()), Command.below(spec));
  }
}
