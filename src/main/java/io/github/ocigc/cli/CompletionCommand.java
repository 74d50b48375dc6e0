package io.github.ocigc.cli;

import io.github.ocigc.cli.shell.Shell;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
    mixinStandardHelpOptions = true,
    name = "completion",
    description = "Prints a script that has the shell complete commands, options and references.",
    footer = {
      "",
      "Into ~/.bashrc goes the first of these lines, into ~/.zshrc, below compinit, the second, into"
          + " ~/.config/fish/config.fish the third.",
      "For all users, link the files below the distribution's folder share to where the shells look"
          + " for them: share/bash-completion/completions/ocigc-ledger,"
          + " share/zsh/site-functions/_ocigc-ledger and"
          + " share/fish/vendor_completions.d/ocigc-ledger.fish below /usr/local.",
      "References are those of the store that the line is about: --store, $OCIGC_STORE (exported),"
          + " and so on. The script stays as it is when the store changes.",
      "Examples:",
      "  source <(ocigc-ledger completion bash)",
      "  source <(ocigc-ledger completion zsh)",
      "  ocigc-ledger completion fish | source"
    })
final class CompletionCommand implements Callable<Integer> {
  @ParentCommand private @Nullable GlobalOptions program;

  @Parameters(paramLabel = "SHELL", description = "One of: bash, zsh, fish.")
  private Shell shell = Shell.bash;

  @Override
  public Integer call() {
    GlobalOptions options = GlobalOptions.of(program);
    String script = shell.script(Verbs.all(options).getCommandSpec());
    options.terminal().report(() -> Json.object().put("script", script), () -> script);
    return ExitCode.DONE.number();
  }
}
