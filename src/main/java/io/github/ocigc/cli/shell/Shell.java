package io.github.ocigc.cli.shell;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;

/** The shells that we have a completion script for. */
public enum Shell {
  bash("bash-completion/completions/ocigc-ledger"),
  zsh("zsh/site-functions/_ocigc-ledger"),
  fish("fish/vendor_completions.d/ocigc-ledger.fish");

  private final String place;

  Shell(String place) {
    this.place = place;
  }

  /** Where this shell looks for the script, below a folder {@code share}. */
  public String place() {
    return place;
  }

  /**
   * The script, to be sourced or to be put where the shell looks for it.
   *
   * @param spec the program with all its commands
   */
  public String script(CommandSpec spec) {
    Program program = Program.of(spec);
    return switch (this) {
      case bash -> filled(BashWords.of(program));
      case zsh -> filled(ZshWords.of(program));
      case fish -> filled(FishWords.of(program));
    };
  }

  private String filled(Map<String, String> words) {
    String text = fixed();
    for (Map.Entry<String, String> word : words.entrySet()) {
      text = text.replace("@" + word.getKey() + "@", word.getValue().stripTrailing());
    }
    return text;
  }

  private String fixed() {
    String name = "completion." + name();
    try (InputStream in = Shell.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the jar has lost its " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
