package io.github.ocigc.cli;

import io.github.ocigc.cli.shell.Shell;
import picocli.CommandLine.Model.CommandSpec;

final class CompletionCommand extends ProgramCommand {
  private final Argument<Shell> shell =
      Argument.word(0, Shell.bash, "SHELL", "One of: bash, zsh, fish.");

  CompletionCommand(GlobalOptions program) {
    super(program);
  }

  @Override
  CommandSpec words() {
    return Words.of(
            this,
            "completion",
            "Prints a script that has the shell complete commands, options and references.")
        .take(shell)
        .remark(
            "Into ~/.bashrc goes the first of these lines, into ~/.zshrc, below compinit, the"
                + " second, into ~/.config/fish/config.fish the third.")
        .remark(
            "For all users, link the files below the distribution's folder share to where the"
                + " shells look for them: share/bash-completion/completions/ocigc-ledger,"
                + " share/zsh/site-functions/_ocigc-ledger and"
                + " share/fish/vendor_completions.d/ocigc-ledger.fish below /usr/local.")
        .remark(
            "References are those of the store that the line is about: --store, $OCIGC_STORE"
                + " (exported), and so on. The script stays as it is when the store changes.")
        .examples(
            "source <(ocigc-ledger completion bash)",
            "source <(ocigc-ledger completion zsh)",
            "ocigc-ledger completion fish | source");
  }

  @Override
  public Integer call() {
    GlobalOptions options = program();
    String script = shell.get().script(Verbs.all(options).getCommandSpec());
    options.terminal().report(() -> Json.object().put("script", script), () -> script);
    return ExitCode.DONE.number();
  }
}
