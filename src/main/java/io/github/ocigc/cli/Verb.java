package io.github.ocigc.cli;

import io.github.ocigc.engine.OpenStore;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ParentCommand;

/** A command that works on an open store. */
abstract class Verb implements Callable<Integer> {
  @ParentCommand private @Nullable GlobalOptions program;

  GlobalOptions program() {
    if (program == null) {
      throw new IllegalStateException("a command was run outside the program");
    }
    return program;
  }

  /** What we do, for other processes that wait for us. */
  abstract String what();

  abstract OpenStore.Access access();

  /** Runs the verb and prints its report. */
  abstract ExitCode run(OpenStore open, Terminal terminal);

  @Override
  public final Integer call() {
    Terminal terminal = program().terminal();
    try (OpenStore open = program().open(what(), access(), terminal)) {
      return run(open, terminal).number();
    }
  }
}
