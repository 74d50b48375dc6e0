package io.github.ocigc.cli;

import io.github.ocigc.engine.Console;
import io.github.ocigc.oci.OcigcException;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Model.CommandSpec;

final class ConsoleCommand extends TransferVerb {
  private static final int LAST_PORT = 65_535;
  private static final DateTimeFormatter SHOWN = DateTimeFormatter.ofPattern("HH:mm:ss");

  private final Argument<Integer> port =
      Argument.option(
          0, "N", "The port of 127.0.0.1 to listen on. Default: any that is free.", "--port");

  private final Argument<Boolean> noBrowser =
      Argument.flag("Only print the address.", "--no-browser");

  ConsoleCommand(GlobalOptions program) {
    super(program);
  }

  @Override
  CommandSpec words() {
    return Words.of(
            this,
            "console",
            "Shows the ledger in a browser, where it answers SQL, until Ctrl-C.",
            "It is a read-only copy as of the moment of the start: nobody waits for it, and nothing"
                + " typed there changes anything. Only this machine reaches it, with the address's"
                + " token.")
        .inThisOrder()
        .take(port, noBrowser)
        .examples(
            "ocigc-ledger console",
            "ocigc-ledger --store /path/to/store console --no-browser --port 8082");
  }

  /** Ends when this thread is interrupted, or with the process. */
  @Override
  void run(GlobalOptions options, Terminal terminal) {
    if (port.get() < 0 || port.get() > LAST_PORT) {
      throw new OcigcException.Unusable("--port takes a number from 1 to " + LAST_PORT + ".");
    }
    try (Console.Report console =
        new Console(options.folder(), options.options(terminal)).run(port.get())) {
      terminal.report(
          () ->
              Json.object()
                  .put("url", console.url().toString())
                  .put("store", console.store().toString())
                  .put("as_of", console.asOf().toString()),
          () ->
              console.url()
                  + "\nThe ledger of "
                  + Plain.line(console.store().toString())
                  + " as of "
                  + console.asOf().format(SHOWN)
                  + ", a read-only copy. Ctrl-C ends it.\n");
      if (!noBrowser.get()) {
        new Browser(options.environment(), terminal).open(console.urlForOnce());
      }
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
