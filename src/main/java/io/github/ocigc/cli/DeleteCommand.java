package io.github.ocigc.cli;

import io.github.ocigc.engine.Delete;
import io.github.ocigc.engine.DeleteOptions;
import io.github.ocigc.engine.DeleteReport;
import io.github.ocigc.engine.OpenStore;
import io.github.ocigc.oci.OcigcException;
import io.github.ocigc.oci.Platform;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    mixinStandardHelpOptions = true,
    name = "delete",
    aliases = "rm",
    description = "Drops references and frees what nothing else uses.",
    footer = {
      "",
      "Examples:",
      "  ocigc-ledger delete --dry-run nginx:1.25",
      "  ocigc-ledger delete 'ci/build-*' sha256:4f7b1c"
    })
final class DeleteCommand extends Verb {
  @Parameters(
      paramLabel = "REF",
      arity = "1..*",
      description = "Names, short names, digests, or patterns in quotes.")
  private List<String> references = List.of();

  @Option(
      names = {"-n", "--dry-run"},
      description = "Show what would go, and change nothing.")
  private boolean dryRun;

  @Option(
      names = "--keep-referrers",
      description = "Keep signatures and the like, as untagged roots.")
  private boolean keepReferrers;

  @Option(
      names = "--platform",
      paramLabel = "OS/ARCH",
      description = "Only this platform of an index. The index stays, and becomes sparse.")
  private @Nullable String platform;

  @Override
  String what() {
    return "delete";
  }

  @Override
  OpenStore.Access access() {
    return dryRun ? OpenStore.Access.READ_ALL : OpenStore.Access.WRITE;
  }

  @Override
  ExitCode run(OpenStore open, Terminal terminal) {
    DeleteOptions options = new DeleteOptions(dryRun, keepReferrers, platform());
    DeleteReport report = new Delete(open).run(references, options);
    terminal.report(() -> DeletePrinter.json(report), () -> DeletePrinter.text(report, "delete"));
    return DeletePrinter.exitCode(report);
  }

  private Optional<Platform> platform() {
    try {
      return Optional.ofNullable(platform).map(Platform::parse);
    } catch (IllegalArgumentException e) {
      throw new OcigcException.Unusable(String.valueOf(e.getMessage()));
    }
  }
}
