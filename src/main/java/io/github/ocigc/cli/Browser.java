package io.github.ocigc.cli;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The person's browser, by the program that the desktop has for that. If there is none, or it
 * fails, that is worth a note and nothing more.
 */
final class Browser {
  private final Map<String, String> environment;
  private final Terminal terminal;

  Browser(Map<String, String> environment, Terminal terminal) {
    this.environment = Map.copyOf(environment);
    this.terminal = terminal;
  }

  /** Returns at once. The address can be seen by everybody on this machine for a moment. */
  void open(URI address) {
    Optional<Path> opener = opener();
    if (opener.isEmpty()) {
      hint("there is no display, or no program to open one on it");
      return;
    }
    try {
      Process process =
          new ProcessBuilder(opener.get().toString(), address.toString())
              .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      var unused = process.onExit().thenAccept(this::ended);
    } catch (IOException e) {
      hint(String.valueOf(e.getMessage()));
    }
  }

  private void ended(Process process) {
    if (process.exitValue() != 0) {
      hint("the desktop's program for that exited with " + process.exitValue());
    }
  }

  private void hint(String why) {
    terminal.note("No browser was opened (" + why + "): open the address yourself.");
  }

  private Optional<Path> opener() {
    boolean mac = System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("mac");
    if (!mac && !has("DISPLAY") && !has("WAYLAND_DISPLAY")) {
      return Optional.empty();
    }
    String name = mac ? "open" : "xdg-open";
    try {
      return Stream.of(environment.getOrDefault("PATH", "").split(File.pathSeparator, -1))
          .filter(folder -> !folder.isEmpty())
          .map(folder -> Path.of(folder, name))
          .filter(Files::isExecutable)
          .findFirst();
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  private boolean has(String variable) {
    return !environment.getOrDefault(variable, "").isEmpty();
  }
}
