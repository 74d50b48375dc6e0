package io.github.ocigc.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ScopeType;

/**
 * An option or a positional parameter of a command, and what a person gave for it.
 *
 * @param <T> what its words are read as
 */
final class Argument<T> {
  private final ArgSpec spec;
  private final T otherwise;

  private Argument(ArgSpec spec, T otherwise) {
    this.spec = spec;
    this.otherwise = otherwise;
  }

  /** An option that stands alone: true if it was given. */
  static Argument<Boolean> flag(String description, String... names) {
    return new Argument<>(
        OptionSpec.builder(names).type(boolean.class).description(description).build(), false);
  }

  /** An option with a value. Its type is that of {@code otherwise}, which it has if not given. */
  static <T> Argument<T> option(T otherwise, String label, String description, String... names) {
    return new Argument<>(
        OptionSpec.builder(names)
            .type(type(otherwise))
            .paramLabel(label)
            .description(description)
            .build(),
        otherwise);
  }

  /** An option with a value that may be given several times. */
  static Argument<List<String>> options(String label, String description, String... names) {
    return new Argument<>(
        OptionSpec.builder(names)
            .type(List.class)
            .auxiliaryTypes(String.class)
            .paramLabel(label)
            .description(description)
            .build(),
        List.of());
  }

  /** The words that are no options. */
  static Argument<List<String>> words(String label, String arity, String description) {
    return new Argument<>(
        PositionalParamSpec.builder()
            .type(List.class)
            .auxiliaryTypes(String.class)
            .arity(arity)
            .required(needed(arity))
            .paramLabel(label)
            .description(description)
            .build(),
        List.of());
  }

  /**
   * The word at a place among those that are no options, counted from 0; of a type as an option.
   */
  static <T> Argument<T> word(int place, T otherwise, String label, String description) {
    return word(place, "1", otherwise, label, description);
  }

  /** The same, which may be left out. */
  static <T> Argument<T> wordOrNot(int place, T otherwise, String label, String description) {
    return word(place, "0..1", otherwise, label, description);
  }

  private static <T> Argument<T> word(
      int place, String arity, T otherwise, String label, String description) {
    return new Argument<>(
        PositionalParamSpec.builder()
            .index(String.valueOf(place))
            .arity(arity)
            .required(needed(arity))
            .type(type(otherwise))
            .paramLabel(label)
            .description(description)
            .build(),
        otherwise);
  }

  /** True if at least one is to be given. */
  private static boolean needed(String arity) {
    return !arity.startsWith("0");
  }

  private static Class<?> type(Object otherwise) {
    return otherwise instanceof Path ? Path.class : otherwise.getClass();
  }

  /** This option, which every command takes, before or after its name. */
  Argument<T> ofEveryCommand() {
    return new Argument<>(
        ((OptionSpec) spec).toBuilder().scopeType(ScopeType.INHERIT).build(), otherwise);
  }

  /** What the command line's model has of it. */
  ArgSpec spec() {
    return spec;
  }

  /** What was given, or what it is if nothing was. */
  T get() {
    return given().orElse(otherwise);
  }

  /** Empty if it was not given. */
  Optional<T> given() {
    return Optional.ofNullable(spec.<T>getValue());
  }
}
