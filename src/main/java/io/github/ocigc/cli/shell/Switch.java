package io.github.ocigc.cli.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.OptionSpec;

/**
 * An option.
 *
 * @param names with their dashes, the shortest first
 * @param value empty if it stands alone
 * @param repeated true if it may be given more than once
 */
record Switch(List<String> names, String description, Optional<Value> value, boolean repeated) {
  Switch {
    names = List.copyOf(names);
  }

  static Switch of(OptionSpec option, List<String> commands) {
    Optional<Value> value =
        option.arity().max() == 0 ? Optional.empty() : Optional.of(Value.of(option, commands));
    return new Switch(
        List.of(option.names()),
        String.join(" ", option.description()),
        value,
        option.isMultiValue());
  }

  /** The names that begin with two dashes, without them. */
  List<String> longNames() {
    List<String> found = new ArrayList<>(names);
    found.removeIf(name -> !name.startsWith("--"));
    found.replaceAll(name -> name.substring(2));
    return found;
  }

  /** The letters that are names. */
  List<String> letters() {
    List<String> found = new ArrayList<>(names);
    found.removeIf(name -> name.startsWith("--"));
    found.replaceAll(name -> name.substring(1));
    return found;
  }
}
