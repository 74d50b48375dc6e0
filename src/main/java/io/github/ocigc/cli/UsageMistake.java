package io.github.ocigc.cli;

import java.util.List;
import picocli.CommandLine;

/** Says what is wrong with the words of a command. */
final class UsageMistake implements CommandLine.IParameterExceptionHandler {
  private final Terminal terminal;

  UsageMistake(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public int handleParseException(CommandLine.ParameterException e, String[] words) {
    String name = e.getCommandLine().getCommandSpec().qualifiedName();
    terminal.error(ExitCode.USAGE, e.getMessage() + meant(e) + "\nTry '" + name + " --help'.");
    return ExitCode.USAGE.number();
  }

  private static String meant(CommandLine.ParameterException e) {
    List<String> suggestions =
        e instanceof CommandLine.UnmatchedArgumentException unmatched
            ? unmatched.getSuggestions()
            : List.of();
    return suggestions.isEmpty() ? "" : "\nDid you mean: " + String.join(", ", suggestions) + "?";
  }
}
