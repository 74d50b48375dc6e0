package io.github.ocigc.cli;

import io.github.ocigc.engine.DeleteReport;
import io.github.ocigc.engine.OpenStore;
import io.github.ocigc.engine.Untag;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    mixinStandardHelpOptions = true,
    name = "untag",
    description = "Drops one name and keeps the content.",
    footer = {
      "",
      "In an OCI layout the content stays as an untagged root; in a KraftKit store the last name"
          + " cannot be dropped so.",
      "Examples:",
      "  ocigc-ledger untag nginx:old",
      "  ocigc-ledger untag registry.example/team/app:v1"
    })
final class UntagCommand extends Verb {
  @Parameters(paramLabel = "NAME", description = "The name.")
  private String name = "";

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
    DeleteReport report = new Untag(open).run(name);
    terminal.report(
        () -> DeletePrinter.json(report),
        () -> "Untagged " + Plain.line(report.references().get(0)) + "; its content stays.\n");
    return ExitCode.DONE;
  }
}
