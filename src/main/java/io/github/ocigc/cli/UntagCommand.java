package io.github.ocigc.cli;

import io.github.ocigc.engine.DeleteReport;
import io.github.ocigc.engine.OpenStore;
import io.github.ocigc.engine.Untag;
import picocli.CommandLine.Model.CommandSpec;

final class UntagCommand extends Verb {
  private final Argument<String> name = Argument.word(0, "", "NAME", "The name.");

  UntagCommand(GlobalOptions program) {
    super(program);
  }

  @Override
  CommandSpec words() {
    return Words.of(this, "untag", "Drops one name and keeps the content.")
        .take(name)
        .remark(
            "In an OCI layout the content stays as an untagged root; in a KraftKit store the last"
                + " name cannot be dropped so.")
        .examples(
            "ocigc-ledger untag nginx:old", "ocigc-ledger untag registry.example/team/app:v1");
  }

  @Override
  String what() {
    return "untag";
  }

  @Override
  OpenStore.Access access() {
    return OpenStore.Access.WRITE;
  }

  @Override
  ExitCode run(OpenStore open, Terminal terminal) {
    DeleteReport report = new Untag(open).run(name.get());
    terminal.report(
        () -> DeletePrinter.json(report),
        () -> "Untagged " + Plain.line(report.references().get(0)) + "; its content stays.\n");
    return ExitCode.DONE;
  }
}
