package io.github.ocigc.cli;

import io.github.ocigc.engine.OpenStore;
import io.github.ocigc.engine.Tag;
import picocli.CommandLine.Model.CommandSpec;

final class TagCommand extends Verb {
  private final Argument<String> reference = Argument.word(0, "", "REF", "A name or digest.");

  private final Argument<String> name = Argument.word(1, "", "NAME", "The new name.");

  private final Argument<Boolean> move =
      Argument.flag(
          "Take the name away from another content, which stays as an untagged root.", "--move");

  TagCommand(GlobalOptions program) {
    super(program);
  }

  @Override
  CommandSpec words() {
    return Words.of(this, "tag", "Gives a reference or digest one more name.")
        .take(reference, name, move)
        .examples(
            "ocigc-ledger tag nginx:latest nginx:known-good",
            "ocigc-ledger tag --move sha256:4f7b1c nginx:latest");
  }

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
    Tag.Report report = new Tag(open).run(reference.get(), name.get(), move.get());
    terminal.report(
        () ->
            Json.object()
                .put("reference", report.reference())
                .put("digest", report.digest().toString()),
        () -> Plain.line(report.reference()) + " names " + report.digest() + "\n");
    return ExitCode.DONE;
  }
}
