package io.github.ocigc.cli;

import io.github.ocigc.engine.Compact;
import io.github.ocigc.engine.OpenStore;
import picocli.CommandLine.Model.CommandSpec;

final class CompactCommand extends Verb {
  CompactCommand(GlobalOptions program) {
    super(program);
  }

  @Override
  CommandSpec words() {
    return Words.of(this, "compact", "Shrinks the ledger's file.")
        .examples("ocigc-ledger compact", "ocigc-ledger compact --json");
  }

  @Override
  String what() {
    return "compact";
  }

  @Override
  OpenStore.Access access() {
    return OpenStore.Access.WRITE;
  }

  @Override
  ExitCode run(OpenStore open, Terminal terminal) {
    Compact.Report report = new Compact(open).run();
    terminal.report(
        () ->
            Json.object()
                .put("before_bytes", report.beforeBytes())
                .put("after_bytes", report.afterBytes()),
        () ->
            "The ledger's file had "
                + Plain.size(report.beforeBytes())
                + " and has "
                + Plain.size(report.afterBytes())
                + ".\n");
    return ExitCode.DONE;
  }
}
