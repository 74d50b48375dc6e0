package io.github.ocigc.cli;

import io.github.ocigc.engine.Console;
import io.github.ocigc.oci.OcigcException;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    mixinStandardHelpOptions = true,
    name = "console",
    sortOptions = false,
    description = {
      "Shows the ledger in a browser, where it answers SQL, until Ctrl-C.",
      "It is a read-only copy as of the moment of the start: nobody waits for it, and nothing typed"
          + " there changes anything. Only this machine reaches it, with the address's token."
    },
    footer = {
      "",
      "Examples:",
      "  ocigc-ledger console",
      "  ocigc-ledger --store /path/to/store console --no-browser --port 8082"
    })
final class ConsoleCommand extends TransferVerb {
  private static final int LAST_PORT = 65_535;
  private static final DateTimeFormatter SHOWN = DateTimeFormatter.ofPattern("HH:mm:ss");

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "The port of 127.0.0.1 to listen on. Default: any that is free.")
  private int port;

  @Option(names = "--no-browser", description = "Only print the address.")
  private boolean noBrowser;

  /** Ends when this thread is interrupted, or with the process. */
  @Override
  void run(GlobalOptions options, Terminal terminal) {
    if (port < 0 || port > LAST_PORT) {
      throw new OcigcException.Unusable("--port takes a number from 1 to " + LAST_PORT + ".");
    }
    try (Console.Report console =
        new Console(options.folder(), options.options(terminal)).run(port)) {
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
      if (!noBrowser) {
        new Browser(options.environment(), terminal).open(console.urlForOnce());
      }
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
