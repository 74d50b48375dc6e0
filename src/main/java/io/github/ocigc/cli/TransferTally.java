package io.github.ocigc.cli;

import io.github.ocigc.oci.Digest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** How far a transfer is. Not safe for several threads: those who show it have the lock. */
final class TransferTally {
  static final String FAILED = "failed";

  private final Map<Digest, Flight> flights = new LinkedHashMap<>();
  private final Speed speed = new Speed();
  private String what = "";
  private int blobs;
  private long bytes;
  private int finished;
  private long done;

  void planned(String name, int blobCount, long byteCount) {
    what = Plain.line(name);
    blobs = blobCount;
    bytes = byteCount;
  }

  void began(Digest digest, long size, long from, long nowMillis) {
    Flight flight = new Flight(digest, size, from, nowMillis);
    flights.put(digest, flight);
    done += from;
    speed.moved(nowMillis, 0);
  }

  void moved(Digest digest, long more, long nowMillis) {
    Flight flight = flights.get(digest);
    if (flight != null) {
      done -= flight.done();
      flight.moved(more);
      done += flight.done();
      speed.moved(nowMillis, more);
    }
  }

  /** A blob that failed takes its bytes back: if it is tried again, they come again. */
  void ended(Digest digest, String how) {
    boolean failed = how.equals(FAILED);
    Flight flight = flights.remove(digest);
    if (flight != null) {
      done += failed ? -flight.done() : flight.whole() - flight.done();
    }
    if (!failed) {
      finished++;
    }
  }

  /** In the order in which they began. */
  List<Flight> flights() {
    return List.copyOf(flights.values());
  }

  String what() {
    return what;
  }

  int blobs() {
    return blobs;
  }

  int finished() {
    return finished;
  }

  long bytes() {
    return bytes;
  }

  long done() {
    return done;
  }

  OptionalLong bytesPerSecond(long nowMillis) {
    return speed.at(nowMillis);
  }
}
