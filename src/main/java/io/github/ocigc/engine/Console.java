package io.github.ocigc.engine;

import io.github.ocigc.console.ConsoleServer;
import io.github.ocigc.ledger.LedgerCopy;
import io.github.ocigc.ledger.LedgerFile;
import java.net.URI;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;

/**
 * Looking at a store's ledger in a browser: the store is opened and caught up, its ledger copied,
 * and the store let go; from then on it is not touched. What a crash leaves: nothing (see {@link
 * LedgerCopy}).
 */
public final class Console {
  private static final DateTimeFormatter SHOWN = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

  private final Path folder;
  private final Options options;

  public Console(Path folder, Options options) {
    this.folder = folder;
    this.options = options;
  }

  /** A console that answers until it is closed. */
  public static final class Report implements AutoCloseable {
    private final ConsoleServer server;
    private final Path store;
    private final OffsetDateTime asOf;

    Report(ConsoleServer server, Path store, OffsetDateTime asOf) {
      this.server = server;
      this.store = store;
      this.asOf = asOf;
    }

    /** Lets whoever has it in. */
    public URI url() {
      return server.url();
    }

    /** As {@link #url}, for the first who opens it. */
    public URI urlForOnce() {
      return server.urlForOnce();
    }

    public Path store() {
      return store;
    }

    /** Until when the copy knows what happened to the store. */
    public OffsetDateTime asOf() {
      return asOf;
    }

    @Override
    public void close() {
      server.close();
    }
  }

  /**
   * Takes the copy and begins to answer; the caller closes what this returns.
   *
   * @param port 0 for any that is free
   * @throws io.github.ocigc.oci.OcigcException.Unusable if the port cannot be had
   */
  public Report run(int port) {
    Path store;
    OffsetDateTime asOf;
    LedgerCopy copy;
    try (OpenStore open = OpenStore.open(folder, "console", OpenStore.Access.READ, options)) {
      store = open.store().paths().root();
      asOf = OffsetDateTime.now(ZoneId.systemDefault()).truncatedTo(ChronoUnit.SECONDS);
      open.settle();
      copy = LedgerCopy.of(open.ledger(), new LedgerFile(open.store().paths().ledger()));
    }
    String time = asOf.format(SHOWN);
    return new Report(ConsoleServer.start(copy, store.toString(), time, port), store, asOf);
  }
}
