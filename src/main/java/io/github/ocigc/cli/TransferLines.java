package io.github.ocigc.cli;

import io.github.ocigc.engine.TransferProgress;
import io.github.ocigc.oci.Digest;
import java.io.PrintStream;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Writes down a transfer for a log: a line for each blob at its end, and one every ten seconds for
 * a blob that takes longer. Safe for several threads, by the monitor of the stream.
 */
final class TransferLines implements TransferProgress {
  private static final long SAY_MILLIS = 10_000;
  private static final String GAP = "  ";

  private final PrintStream err;
  private final LongSupplier millis;
  private final Map<Digest, Flight> flights = new HashMap<>();

  TransferLines(PrintStream err, LongSupplier millis) {
    this.err = err;
    this.millis = millis;
  }

  @Override
  public void began(Digest digest, long bytes, long from) {
    synchronized (err) {
      flights.put(digest, new Flight(digest, bytes, from, millis.getAsLong()));
    }
  }

  @Override
  public void moved(Digest digest, long bytes) {
    synchronized (err) {
      Flight flight = flights.get(digest);
      if (flight != null) {
        flight.moved(bytes);
        if (flight.isDue(millis.getAsLong(), SAY_MILLIS)) {
          say(flight.digest() + GAP + far(flight));
        }
      }
    }
  }

  @Override
  public void ended(Digest digest, String how) {
    synchronized (err) {
      Flight flight = flights.remove(digest);
      String size = flight == null ? "" : Plain.size(flight.whole()) + GAP;
      say(Plain.shortDigest(digest) + GAP + size + Plain.line(how));
    }
  }

  private static String far(Flight flight) {
    if (flight.bytes() <= 0) {
      return Plain.size(flight.done());
    }
    double part = Math.min(1.0, (double) flight.done() / flight.bytes());
    return (int) (part * 100)
        + "%"
        + GAP
        + Plain.size(flight.done())
        + " / "
        + Plain.size(flight.bytes());
  }

  private void say(String line) {
    err.print(line + "\n");
    err.flush();
  }
}
