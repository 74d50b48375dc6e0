package io.github.ocigc.completion;

import io.github.ocigc.cli.Main;
import io.github.ocigc.cli.shell.Shell;
import io.github.ocigc.fixture.Program;
import io.github.ocigc.fixture.Tool;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A shell at a terminal, in a folder, with somebody who types. What is typed waits in the
 * terminal's queue, so nothing here depends on how fast the shell is. The script is the program's
 * own and calls the real program; the command that is typed is {@code show}, which is completed the
 * same way and only notes its words.
 */
final class TypedShell {
  private static final long PATIENCE_SECONDS = 300;

  private final Shell shell;
  private final Path folder;

  /** Makes the programs in the folder. */
  TypedShell(Shell shell, Path folder) throws IOException {
    new Tool(shell.name(), shell.name()).need();
    new Tool("script", "bsdutils").need();
    this.shell = shell;
    this.folder = folder;
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    String classes =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    program(
        "ocigc-ledger",
        "exec '%s' -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp '%s' %s \"$@\""
            .formatted(java, classes, Main.class.getName()));
    program("show", "printf '%s\\n' \"$#\" \"$@\" >>'" + folder.resolve("shown") + "'");
    Files.createDirectories(scripts());
    Files.writeString(script(), text(folder, shell));
  }

  /** The completion script. */
  static String text(Path folder, Shell shell) {
    Program.Run run = new Program(folder).text("completion", shell.name());
    if (run.exitCode() != 0 || !run.err().isEmpty()) {
      throw new AssertionError(run.toString());
    }
    return run.out();
  }

  private void program(String name, String line) throws IOException {
    Path file = Files.createDirectories(folder.resolve("bin")).resolve(name);
    Files.writeString(file, "#!/bin/sh\n" + line + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private Path scripts() {
    return folder.resolve("scripts");
  }

  /** The script's file, named as the shell wants it. */
  Path script() {
    return scripts().resolve("_ocigc-ledger");
  }

  /**
   * Types lines, each with {@code \t} where Tab is pressed, and answers the words that each of them
   * gave to {@code show}.
   */
  List<List<String>> type(List<String> lines) throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(List.of(beginning()));
    all.addAll(lines);
    all.add("exit");
    Path screen = folder.resolve("screen");
    Path keys = Files.writeString(folder.resolve("keys"), String.join("\n", all) + "\n");
    ProcessBuilder builder =
        new ProcessBuilder("script", "--quiet", "--command", interactive(), "/dev/null")
            .directory(folder.toFile())
            .redirectInput(keys.toFile())
            .redirectErrorStream(true)
            .redirectOutput(screen.toFile());
    surround(builder, folder);
    Process process = builder.start();
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new AssertionError("the shell does not end: " + Files.readString(screen));
      }
    } finally {
      process.destroyForcibly();
    }
    return shown(Files.readString(screen, StandardCharsets.UTF_8));
  }

  /** Nothing of the person who runs the tests. */
  private static void surround(ProcessBuilder builder, Path folder) {
    String path = folder.resolve("bin") + ":" + System.getenv("PATH");
    builder.environment().keySet().removeIf(name -> name.matches("OCIGC_.*|XDG_.*|ZDOTDIR|ENV"));
    builder.environment().put("PATH", path);
    builder.environment().put("HOME", folder.toString());
    builder.environment().put("TERM", "xterm");
    builder.environment().put("LC_ALL", "C.UTF-8");
    builder.environment().put("SHELL", "/bin/sh"); // with which script starts the shell
  }

  private String interactive() {
    return switch (shell) {
      case bash -> "bash --norc --noprofile -i";
      case zsh -> "zsh -f -i";
      case fish -> "fish --no-config --private -i";
    };
  }

  private String beginning() {
    return switch (shell) {
      case bash -> "source '" + script() + "'; complete -F _ocigc_ledger show";
      case zsh ->
          "autoload -Uz compinit; compinit -u -D; source '"
              + script()
              + "'; compdef _ocigc-ledger show";
      case fish -> "source '" + script() + "'; complete -c show -w ocigc-ledger";
    };
  }

  private List<List<String>> shown(String screen) throws IOException {
    List<List<String>> shown = new ArrayList<>();
    Path file = folder.resolve("shown");
    if (!Files.exists(file)) {
      throw new AssertionError("nothing was typed: " + screen);
    }
    List<String> lines = Files.readAllLines(file);
    for (int at = 0; at < lines.size(); ) {
      int count = Integer.parseInt(lines.get(at));
      shown.add(List.copyOf(lines.subList(at + 1, at + 1 + count)));
      at += 1 + count;
    }
    Files.delete(file);
    return shown;
  }

  /** Has the shell run some commands without a terminal; answers what they print. */
  List<String> run(String commands) throws IOException, InterruptedException {
    List<String> words = new ArrayList<>();
    switch (shell) {
      case bash -> words.addAll(List.of("bash", "--norc", "--noprofile", "-c"));
      case zsh -> words.addAll(List.of("zsh", "-f", "-c"));
      case fish -> words.addAll(List.of("fish", "--no-config", "-c"));
    }
    words.add(commands);
    Path out = folder.resolve("out");
    ProcessBuilder builder =
        new ProcessBuilder(words)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(out.toFile());
    surround(builder, folder);
    Process process = builder.start();
    try {
      process.getOutputStream().close();
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new AssertionError("does not end: " + commands);
      }
    } finally {
      process.destroyForcibly();
    }
    return Files.readAllLines(out);
  }
}
