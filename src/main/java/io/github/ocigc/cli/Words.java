package io.github.ocigc.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Makes the model of a command: what can be typed, and what its help says. Made by hand, since from
 * annotations it would be read by reflection, which takes a fifth of the time of a short command.
 */
final class Words {
  private final CommandSpec spec;
  private final List<String> footer = new ArrayList<>(List.of(""));

  private Words(CommandSpec spec) {
    this.spec = spec;
  }

  /** A line of {@code description} is a paragraph. */
  static Words of(Object command, String name, String... description) {
    Words words = new Words(CommandSpec.wrapWithoutInspection(command).name(name));
    words.spec.usageMessage().description(description);
    return words;
  }

  Words alias(String name) {
    spec.aliases(name);
    return this;
  }

  Words version(String text) {
    spec.version(text);
    return this;
  }

  /** The help shows the options in the order in which they are taken. */
  Words inThisOrder() {
    spec.usageMessage().sortOptions(false);
    return this;
  }

  Words take(Argument<?>... arguments) {
    for (Argument<?> argument : arguments) {
      spec.add(argument.spec());
    }
    return this;
  }

  /** A paragraph below the options. */
  Words remark(String text) {
    footer.add(text);
    return this;
  }

  /** Lines for a shell, which end the help; and the options that every command has. */
  CommandSpec examples(String... lines) {
    footer.add("Examples:");
    for (String line : lines) {
      footer.add("  " + line);
    }
    spec.usageMessage().footer(footer.toArray(String[]::new));
    return spec.addOption(
            OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("Show this help message and exit.")
                .build())
        .addOption(
            OptionSpec.builder("-V", "--version")
                .versionHelp(true)
                .description("Print version information and exit.")
                .build());
  }
}
