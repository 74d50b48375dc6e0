package io.github.ocigc.cli.shell;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.ArgSpec;

/**
 * What is written after an option or in an operand's place. The label in the help says what that
 * is, to people and here.
 *
 * @param label as in the help
 * @param choices all that it can be, or what it mostly is; empty if that cannot be listed
 */
record Value(Kind kind, String label, List<String> choices) {
  private static final List<String> PLATFORMS =
      List.of(
          "linux/amd64",
          "linux/arm64",
          "linux/arm/v7",
          "linux/386",
          "linux/ppc64le",
          "linux/riscv64",
          "linux/s390x",
          "qemu/x86_64",
          "qemu/arm64");

  /** Where to look for what it can be. */
  enum Kind {
    /** Names of the store. */
    REFERENCE,
    /** Digests of the store, and names. */
    CONTENT,
    FILE,
    FOLDER,
    CHOICE,
    /** Nobody knows. */
    TEXT;

    String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  Value {
    choices = List.copyOf(choices);
  }

  /**
   * What an argument of the model takes.
   *
   * @param commands the names of all commands
   */
  static Value of(ArgSpec argument, List<String> commands) {
    String label = argument.paramLabel();
    if (argument.completionCandidates() != null) {
      List<String> choices = new ArrayList<>();
      argument.completionCandidates().forEach(choices::add);
      return new Value(Kind.CHOICE, label, choices);
    }
    return switch (label) {
      case "OS/ARCH" -> new Value(Kind.CHOICE, label, PLATFORMS);
      case "COMMAND" -> new Value(Kind.CHOICE, label, commands);
      default -> new Value(kind(argument, label), label, List.of());
    };
  }

  private static Kind kind(ArgSpec argument, String label) {
    Class<?> type = argument.typeInfo().getType();
    return switch (label) {
      case "DIR" -> Kind.FOLDER;
      case "REF", "GLOB", "NAME", "TARGET" -> Kind.REFERENCE;
      case "DIGEST" -> Kind.CONTENT;
      default ->
          type == Path.class || type == File.class || label.startsWith("FILE")
              ? Kind.FILE
              : Kind.TEXT;
    };
  }
}
