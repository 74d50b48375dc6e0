package io.github.ocigc.cli;

import io.github.ocigc.engine.DiskUsage;
import io.github.ocigc.engine.OpenStore;
import io.github.ocigc.engine.Picture;
import io.github.ocigc.report.ReportFile;
import io.github.ocigc.report.ReportPage;
import java.nio.file.Path;
import java.time.Instant;
import picocli.CommandLine.Model.CommandSpec;

final class ReportCommand extends Verb {
  private final Argument<Path> file = Argument.word(0, Path.of(""), "FILE.html", "Where to write.");

  private final Argument<Boolean> replace =
      Argument.flag("Replace a file that is no report of ours.", "--replace");

  ReportCommand(GlobalOptions program) {
    super(program);
  }

  @Override
  CommandSpec words() {
    return Words.of(
            this,
            "report",
            "Writes a page that shows where the space goes, to be opened in a browser.")
        .take(file, replace)
        .remark(
            "The page is one file that needs no network: a map of the store, what is shared, how it"
                + " grew, a table of references, and what can be freed. An earlier report of that"
                + " name is replaced.")
        .examples(
            "ocigc-ledger report space.html",
            "ocigc-ledger --store /var/cache/images report --replace /srv/www/index.html");
  }

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
    ReportFile target = new ReportFile(program().resolve(file.get()), replace.get());
    target.check();
    DiskUsage usage = new DiskUsage(open);
    Picture.Report picture = new Picture(open).run();
    open.close(); // nobody waits while the page is made
    DiskUsage.Others others = usage.others();
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
