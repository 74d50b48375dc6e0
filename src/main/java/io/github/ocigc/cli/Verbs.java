package io.github.ocigc.cli;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;
import picocli.CommandLine;

/**
 * The commands, in the order of the help. Building the model of one takes milliseconds of
 * reflection, so a run builds those whose names occur among its words.
 */
final class Verbs {
  private static final Map<String, Supplier<Object>> ALL = new LinkedHashMap<>();

  static {
    ALL.put("ls", ListCommand::new);
    ALL.put("tree", TreeCommand::new);
    ALL.put("why", WhyCommand::new);
    ALL.put("du", DiskUsageCommand::new);
    ALL.put("pull", PullCommand::new);
    ALL.put("push", PushCommand::new);
    ALL.put("import", ImportCommand::new);
    ALL.put("export", ExportCommand::new);
    ALL.put("delete", DeleteCommand::new);
    ALL.put("untag", UntagCommand::new);
    ALL.put("tag", TagCommand::new);
    ALL.put("prune", PruneCommand::new);
    ALL.put("check", CheckCommand::new);
    ALL.put("reconcile", ReconcileCommand::new);
    ALL.put("sql", SqlCommand::new);
    ALL.put("history", HistoryCommand::new);
    ALL.put("compact", CompactCommand::new);
    ALL.put("help", CommandLine.HelpCommand::new);
  }

  private Verbs() {}

  /** True if these words name a command, and none that speaks of the others. */
  static boolean named(String... words) {
    List<String> said = Arrays.asList(words);
    return ALL.keySet().stream().anyMatch(said::contains) && !said.contains("help");
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
    ALL.forEach(
        (name, command) -> {
          if (wanted.test(name)) {
            commandLine.addSubcommand(name, command.get());
          }
        });
    return commandLine;
  }
}
