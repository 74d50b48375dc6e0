package io.github.ocigc.console;

import com.sun.net.httpserver.HttpServer;
import io.github.ocigc.ledger.LedgerCopy;
import io.github.ocigc.oci.OcigcException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A console that answers, until it is closed, on one port of 127.0.0.1. Owns the copy that it is
 * of. Writes no file, so that it leaves none whatever ends it. Safe for several threads.
 */
public final class ConsoleServer implements AutoCloseable {
  /** A person's browser asks for a few things at once, and one of them may be a long query. */
  private static final int THREADS = 8;

  private final LedgerCopy copy;
  private final HttpServer server;
  private final ExecutorService threads;
  private final Keys keys;

  private ConsoleServer(LedgerCopy copy, HttpServer server, ExecutorService threads, Keys keys) {
    this.copy = copy;
    this.server = server;
    this.threads = threads;
    this.keys = keys;
  }

  /**
   * Begins to answer.
   *
   * @param copy is closed with this, or at once if this throws
   * @param store what the copy is of, as it is shown
   * @param time when it was taken, as it is shown
   * @param port 0 for any that is free
   * @throws OcigcException.Unusable if the port cannot be had
   */
  public static ConsoleServer start(LedgerCopy copy, String store, String time, int port) {
    try {
      Keys keys = new Keys();
      DatabaseConsole console =
          new DatabaseConsole(copy, FramePage.FIRST_QUERY, System::currentTimeMillis);
      HttpServer server = bound(port);
      ExecutorService threads = Executors.newFixedThreadPool(THREADS);
      server.setExecutor(threads);
      server.createContext("/", new Gate(keys, console, FramePage.frame(store, time)));
      server.start();
      return new ConsoleServer(copy, server, threads, keys);
    } catch (RuntimeException e) {
      copy.close();
      throw e;
    }
  }

  private static HttpServer bound(int port) {
    try {
      return HttpServer.create(new InetSocketAddress(loopback(), port), 0);
    } catch (IOException e) {
      throw new OcigcException.Unusable(
          "Port "
              + port
              + " of 127.0.0.1 cannot be had: "
              + e.getMessage()
              + ". Name another with --port, or leave it out for one that is free.");
    }
  }

  private static InetAddress loopback() throws UnknownHostException {
    return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
  }

  /** Where it answers, with the token that lets one in. */
  public URI url() {
    return withToken(keys.token());
  }

  /** The same for one use, to be told to a browser where others may overhear it. */
  public URI urlForOnce() {
    return withToken(keys.ticket());
  }

  private URI withToken(String token) {
    return URI.create("http://127.0.0.1:" + address().getPort() + "/?token=" + token);
  }

  /** Where it listens. */
  public InetSocketAddress address() {
    return server.getAddress();
  }

  /** Stops answering, also what is being asked at the moment, and gives the copy back. */
  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
    copy.close();
  }
}
