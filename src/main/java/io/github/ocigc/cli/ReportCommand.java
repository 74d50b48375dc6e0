package io.github.ocigc.cli;

import io.github.ocigc.engine.DiskUsage;
import io.github.ocigc.engine.OpenStore;
import io.github.ocigc.engine.Picture;
import io.github.ocigc.report.ReportFile;
import io.github.ocigc.report.ReportPage;
import java.nio.file.Path;
import java.time.Instant;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    mixinStandardHelpOptions = true,
    name = "report",
    description = "Writes a page that shows where the space goes, to be opened in a browser.",
    footer = {
      "",
      "The page is one file that needs no network: a map of the store, what is shared, how it grew,"
          + " a table of references, and what can be freed. An earlier report of that name is"
          + " replaced.",
      "Examples:",
      "  ocigc-ledger report space.html",
      "  ocigc-ledger --store /var/cache/images report --replace /srv/www/index.html"
    })
final class ReportCommand extends Verb {
  @Parameters(paramLabel = "FILE.html", description = "Where to write.")
  private Path file = Path.of("");

  @Option(names = "--replace", description = "Replace a file that is no report of ours.")
  private boolean replace;

  @Override
  String what() {
    return "report";
  }

  @Override
  OpenStore.Access access() {
    return OpenStore.Access.READ_ALL;
  }

  @Override
  ExitCode run(OpenStore open, Terminal terminal) {
    ReportFile target = new ReportFile(program().resolve(file), replace);
    target.check();
    Picture.Report picture = new Picture(open).run();
    open.close(); // nobody waits while the page is made
    DiskUsage.Others others = new DiskUsage(open).others();
    String page = ReportPage.of(Json.text(new ReportJson(picture).of(others, Instant.now())));
    target.write(page);
    terminal.report(
        () -> Json.object().put("file", target.path().toString()),
        () ->
            "Wrote "
                + Plain.line(target.path().toString())
                + " ("
                + Plain.size(page.length())
                + "). Open it in a browser; it needs no network.\n");
    return ExitCode.DONE;
  }
}
