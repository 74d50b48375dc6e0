package io.github.ocigc.cli;

import io.github.ocigc.cli.shell.ManualPages;
import io.github.ocigc.cli.shell.Shell;
import io.github.ocigc.store.Steps;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Writes the distribution's folder {@code share}: manual pages and completion scripts, where man
 * and the shells look for them. The build runs it.
 */
public final class ShareFolder {
  private ShareFolder() {}

  /** Takes the folder, and the day that the pages are dated to (a time may follow). */
  public static void main(String[] args) throws IOException {
    Path share = Path.of(args[0]);
    GlobalOptions program =
        new GlobalOptions(
            new PrintStream(PrintStream.nullOutputStream()),
            new PrintStream(PrintStream.nullOutputStream()),
            Map.of(),
            share,
            false,
            Steps.NONE);
    CommandSpec spec = Verbs.all(program).getCommandSpec();
    for (Shell shell : Shell.values()) {
      write(share.resolve(shell.place()), shell.script(spec));
    }
    for (Map.Entry<String, String> page :
        ManualPages.of(spec, args[1].substring(0, 10)).entrySet()) {
      write(share.resolve("man/man1").resolve(page.getKey()), page.getValue());
    }
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(Objects.requireNonNull(file.getParent()));
    Files.writeString(file, text);
  }
}
