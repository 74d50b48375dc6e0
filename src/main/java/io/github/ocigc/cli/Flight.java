package io.github.ocigc.cli;

import io.github.ocigc.oci.Digest;

/** One blob under way. */
final class Flight {
  private final String digest;
  private final long bytes;
  private long done;

  /** When a line about it was last written, for those who write lines. */
  private long saidMillis;

  Flight(Digest digest, long bytes, long from, long nowMillis) {
    this.digest = Plain.shortDigest(digest);
    this.bytes = bytes;
    this.done = from;
    this.saidMillis = nowMillis;
  }

  void moved(long more) {
    done = Math.max(0, done + more);
  }

  String digest() {
    return digest;
  }

  /** -1 if nobody knows. */
  long bytes() {
    return bytes;
  }

  long done() {
    return done;
  }

  /** What a finished one has moved or saved: all of it. */
  long whole() {
    return bytes >= 0 ? bytes : done;
  }

  /** True once in every such time, beginning with the flight. */
  boolean isDue(long nowMillis, long everyMillis) {
    boolean due = nowMillis - saidMillis >= everyMillis;
    if (due) {
      saidMillis = nowMillis;
    }
    return due;
  }
}
