package io.github.ocigc.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;

/** A command of the program; it answers its exit code. */
abstract class ProgramCommand implements Callable<Integer> {
  private final GlobalOptions program;

  ProgramCommand(GlobalOptions program) {
    this.program = program;
  }

  final GlobalOptions program() {
    return program;
  }

  /** How it is typed and explained. */
  abstract CommandSpec words();
}
