package io.github.ocigc.cli;

import io.github.ocigc.engine.Delete;
import io.github.ocigc.engine.DeleteOptions;
import io.github.ocigc.engine.DeleteReport;
import io.github.ocigc.engine.OpenStore;
import io.github.ocigc.oci.OcigcException;
import io.github.ocigc.oci.Platform;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

final class DeleteCommand extends Verb {
  private final Argument<List<String>> references =
      Argument.words("REF", "1..*", "Names, short names, digests, or patterns in quotes.");

  private final Argument<Boolean> dryRun =
      Argument.flag("Show what would go, and change nothing.", "-n", "--dry-run");

  private final Argument<Boolean> keepReferrers =
      Argument.flag("Keep signatures and the like, as untagged roots.", "--keep-referrers");

  private final Argument<String> platform =
      Argument.option(
          "",
          "OS/ARCH",
          "Only this platform of an index. The index stays, and becomes sparse.",
          "--platform");

  DeleteCommand(GlobalOptions program) {
    super(program);
  }

  @Override
  CommandSpec words() {
    return Words.of(this, "delete", "Drops references and frees what nothing else uses.")
        .alias("rm")
        .take(references, dryRun, keepReferrers, platform)
        .examples(
            "ocigc-ledger delete --dry-run nginx:1.25",
            "ocigc-ledger delete 'ci/build-*' sha256:4f7b1c");
  }

  @Override
  String what() {
    return "delete";
  }

  @Override
  OpenStore.Access access() {
    return dryRun.get() ? OpenStore.Access.READ_ALL : OpenStore.Access.WRITE;
  }

  @Override
  ExitCode run(OpenStore open, Terminal terminal) {
    DeleteOptions options = new DeleteOptions(dryRun.get(), keepReferrers.get(), platform());
    DeleteReport report = new Delete(open).run(references.get(), options);
    terminal.report(() -> DeletePrinter.json(report), () -> DeletePrinter.text(report, "delete"));
    return DeletePrinter.exitCode(report);
  }

  private Optional<Platform> platform() {
    try {
      return platform.given().map(Platform::parse);
    } catch (IllegalArgumentException e) {
      throw new OcigcException.Unusable(String.valueOf(e.getMessage()));
    }
  }
}
