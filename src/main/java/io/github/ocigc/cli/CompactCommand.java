package io.github.ocigc.cli;

import io.github.ocigc.engine.Compact;
import io.github.ocigc.engine.OpenStore;
import picocli.CommandLine.Command;

@Command(
    mixinStandardHelpOptions = true,
    name = "compact",
    description = "Shrinks the ledger's file.",
    footer = {"", "Examples:", "  ocigc-ledger compact", "  ocigc-ledger compact --json"})
final class CompactCommand extends Verb {
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
