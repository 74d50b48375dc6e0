package io.github.ocigc.cli.shell;

import java.util.List;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * A word that is no option.
 *
 * @param needed false if it may be left out
 * @param repeated true if any number of them may stand there
 */
record Operand(Value value, String description, boolean needed, boolean repeated) {
  static Operand of(PositionalParamSpec operand, List<String> commands) {
    return new Operand(
        Value.of(operand, commands),
        String.join(" ", operand.description()),
        operand.arity().min() > 0,
        operand.isMultiValue());
  }

  /** As usage lines have it. */
  String usage() {
    String usage = value.label() + (repeated ? "..." : "");
    return needed ? usage : "[" + usage + "]";
  }
}
