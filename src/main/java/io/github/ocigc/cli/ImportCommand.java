package io.github.ocigc.cli;

import io.github.ocigc.engine.DeliveryReport;
import io.github.ocigc.engine.Import;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    mixinStandardHelpOptions = true,
    name = "import",
    sortOptions = false,
    description =
        "Brings images into the store from a layout folder, an OCI archive (tar, tar.gz) or what"
            + " 'docker save' wrote.",
    footer = {
      "",
      "Examples:",
      "  ocigc-ledger import app.tar.gz",
      "  docker save app:v1 | ocigc-ledger import - localhost:5000/app:v1"
    })
final class ImportCommand extends TransferVerb {
  @Parameters(
      index = "0",
      paramLabel = "PATH",
      description = "The folder or archive; - for standard input.")
  private Path path = Path.of("-");

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "REF",
      description =
          "What to call the one image in it; of several, which one. Default: all, as they are"
              + " called.")
  private @Nullable String name;

  @Option(
      names = "--platform",
      paramLabel = "OS/ARCH",
      description = "Of an index, only this platform; may be repeated. Default: all that is there.")
  private List<String> platforms = List.of();

  @Override
  void run(GlobalOptions options, Terminal terminal) {
    Path from = path.toString().equals("-") ? path : options.resolve(path);
    InputStream in = new FileInputStream(FileDescriptor.in); // the process's own, left open
    DeliveryReport report =
        new Import(options.folderOrNew(), options.options(terminal))
            .run(from, in, RegistryFlags.given(name), PullCommand.choice(platforms, false));
    DeliveryPrinter.print(terminal, "Imported", report);
  }
}
