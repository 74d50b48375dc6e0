package io.github.ocigc.cli;

import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import picocli.CommandLine;

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
    return ALL.stream().anyMatch(said::contains) && !said.contains("help");
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
    CommandLine commandLine = new CommandLine(program);
    for (String name : ALL) {
      if (wanted.test(name)) {
        commandLine.addSubcommand(name, command(name));
      }
    }
    return commandLine;
  }

  /** That command is picocli's own, but for its texts. */
  private static CommandLine help() {
    CommandLine help = new CommandLine(new CommandLine.HelpCommand());
    help.getCommandSpec()
        .usageMessage()
        .description("Shows the help of the program or of a command.")
        .footer("", "Examples:", "  ocigc-ledger help delete", "  ocigc-ledger help");
    return help;
  }

  private static Object command(String name) {
    return switch (name) {
      case "ls" -> new ListCommand();
      case "tree" -> new TreeCommand();
      case "why" -> new WhyCommand();
      case "du" -> new DiskUsageCommand();
      case "pull" -> new PullCommand();
      case "push" -> new PushCommand();
      case "import" -> new ImportCommand();
      case "export" -> new ExportCommand();
      case "delete" -> new DeleteCommand();
      case "untag" -> new UntagCommand();
      case "tag" -> new TagCommand();
      case "prune" -> new PruneCommand();
      case "check" -> new CheckCommand();
      case "reconcile" -> new ReconcileCommand();
      case "sql" -> new SqlCommand();
      case "console" -> new ConsoleCommand();
      case "history" -> new HistoryCommand();
      case "report" -> new ReportCommand();
      case "compact" -> new CompactCommand();
      case "completion" -> new CompletionCommand();
      case "help" -> help();
      default -> throw new IllegalArgumentException(name);
    };
  }
}
