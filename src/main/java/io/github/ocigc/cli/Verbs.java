package io.github.ocigc.cli;

import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/**
 * The commands, in the order of the help. Building the model of one takes milliseconds of
 * reflection, so a run builds those whose names occur among its words.
 */
final class Verbs {
  private static final List<String> ALL =
      List.of(
          "ls",
          "tree",
          "why",
          "du",
          "pull",
          "push",
          "import",
          "export",
          "delete",
          "untag",
          "tag",
          "prune",
          "check",
          "reconcile",
          "sql",
          "console",
          "history",
          "report",
          "compact",
          "completion",
          "help");

  private Verbs() {}

  /** True if these words name a command, and none that speaks of the others. */
  static boolean named(String... words) {
    List<String> said = Arrays.asList(words);
    for (String name : ALL) { // no stream: the first costs milliseconds, which another core spends
      if (said.contains(name)) {
        return !said.contains("help");
      }
    }
    return false;
  }

  /** True if these words name a command that opens a store. */
  static boolean open(String... words) {
    return named(words) && !glance(words);
  }

  /** True if these words name a command that mostly does without; see {@link Verb#glance}. */
  static boolean glance(String... words) {
    return named(words) && Arrays.asList(words).contains("ls");
  }

  /** The program with all its commands. */
  static CommandLine all(GlobalOptions program) {
    return with(program, name -> true);
  }

  /** The program with the commands that these words name, whatever the words are there for. */
  static CommandLine namedIn(GlobalOptions program, String... words) {
    return with(program, Arrays.asList(words)::contains);
  }

  private static CommandLine with(GlobalOptions program, Predicate<String> wanted) {
    CommandLine commandLine = new CommandLine(program.words());
    for (String name : ALL) {
      if (wanted.test(name)) {
        commandLine.addSubcommand(name, new CommandLine(command(program, name)));
      }
    }
    return commandLine;
  }

  /** That command is picocli's own, but for its texts. */
  private static CommandSpec help() {
    CommandSpec help = CommandSpec.forAnnotatedObject(new CommandLine.HelpCommand());
    help.usageMessage()
        .description("Shows the help of the program or of a command.")
        .footer("", "Examples:", "  ocigc-ledger help delete", "  ocigc-ledger help");
    return help;
  }

  private static CommandSpec command(GlobalOptions program, String name) {
    return switch (name) {
      case "ls" -> new ListCommand(program).words();
      case "tree" -> new TreeCommand(program).words();
      case "why" -> new WhyCommand(program).words();
      case "du" -> new DiskUsageCommand(program).words();
      case "pull" -> new PullCommand(program).words();
      case "push" -> new PushCommand(program).words();
      case "import" -> new ImportCommand(program).words();
      case "export" -> new ExportCommand(program).words();
      case "delete" -> new DeleteCommand(program).words();
      case "untag" -> new UntagCommand(program).words();
      case "tag" -> new TagCommand(program).words();
      case "prune" -> new PruneCommand(program).words();
      case "check" -> new CheckCommand(program).words();
      case "reconcile" -> new ReconcileCommand(program).words();
      case "sql" -> new SqlCommand(program).words();
      case "console" -> new ConsoleCommand(program).words();
      case "history" -> new HistoryCommand(program).words();
      case "report" -> new ReportCommand(program).words();
      case "compact" -> new CompactCommand(program).words();
      case "completion" -> new CompletionCommand(program).words();
      case "help" -> help();
      default -> throw new IllegalArgumentException(name);
    };
  }
}
