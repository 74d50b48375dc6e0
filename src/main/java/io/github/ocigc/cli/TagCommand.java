package io.github.ocigc.cli;

import io.github.ocigc.engine.OpenStore;
import io.github.ocigc.engine.Tag;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    mixinStandardHelpOptions = true,
    name = "tag",
    description = "Gives a reference or digest one more name.",
    footer = {
      "",
      "Examples:",
      "  ocigc-ledger tag nginx:latest nginx:known-good",
      "  ocigc-ledger tag --move sha256:4f7b1c nginx:latest"
    })
final class TagCommand extends Verb {
  @Parameters(index = "0", paramLabel = "REF", description = "A name or digest.")
  private String reference = "";

  @Parameters(index = "1", paramLabel = "NAME", description = "The new name.")
  private String name = "";

  @Option(
      names = "--move",
      description = "Take the name away from another content, which stays as an untagged root.")
  private boolean move;

  @Override
  String what() {
    return "tag";
  }

  @Override
  OpenStore.Access access() {
    return OpenStore.Access.WRITE;
  }

  @Override
  ExitCode run(OpenStore open, Terminal terminal) {
    Tag.Report report = new Tag(open).run(reference, name, move);
    terminal.report(
        () ->
            Json.object()
                .put("reference", report.reference())
                .put("digest", report.digest().toString()),
        () -> Plain.line(report.reference()) + " names " + report.digest() + "\n");
    return ExitCode.DONE;
  }
}
