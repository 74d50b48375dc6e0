package io.github.ocigc.cli;

import io.github.ocigc.engine.DeliveryReport;
import io.github.ocigc.engine.Import;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

final class ImportCommand extends TransferVerb {
  private static final Path STANDARD_INPUT = Path.of("-");

  private final Argument<Path> path =
      Argument.word(0, STANDARD_INPUT, "PATH", "The folder or archive; - for standard input.");

  private final Argument<String> name =
      Argument.wordOrNot(
          1,
          "",
          "REF",
          "What to call the one image in it; of several, which one. Default: all, as they are"
              + " called.");

  private final Argument<List<String>> platforms =
      Argument.options(
          "OS/ARCH",
          "Of an index, only this platform; may be repeated. Default: all that is there.",
          "--platform");

  ImportCommand(GlobalOptions program) {
    super(program);
  }

  @Override
  CommandSpec words() {
    return Words.of(
            this,
            "import",
            "Brings images into the store from a layout folder, an OCI archive (tar, tar.gz) or"
                + " what 'docker save' wrote.")
        .inThisOrder()
        .take(path, name, platforms)
        .examples(
            "ocigc-ledger import app.tar.gz",
            "docker save app:v1 | ocigc-ledger import - localhost:5000/app:v1");
  }

  @Override
  void run(GlobalOptions options, Terminal terminal) {
    Path from = path.get().equals(STANDARD_INPUT) ? STANDARD_INPUT : options.resolve(path.get());
    InputStream in = new FileInputStream(FileDescriptor.in); // the process's own, left open
    DeliveryReport report =
        new Import(options.folderOrNew(), options.options(terminal))
            .run(
                from,
                in,
                name.given().filter(text -> !text.isEmpty()),
                PullCommand.choice(platforms.get(), false));
    DeliveryPrinter.print(terminal, "Imported", report);
  }
}
