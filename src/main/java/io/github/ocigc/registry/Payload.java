package io.github.ocigc.registry;

import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;

/** What a request carries; it can be sent again. */
interface Payload extends AutoCloseable {
  Payload NONE = BodyPublishers::noBody;

  static Payload of(byte[] bytes) {
    return () -> BodyPublishers.ofByteArray(bytes);
  }

  /** The bytes from their beginning; throws OcigcException.Refused if they cannot be read. */
  BodyPublisher publisher();

  /** Called now and then by the thread that waits. True if more has been sent since. */
  default boolean advanced() {
    return false;
  }

  /** Throws what went wrong on this side of the connection, if anything did. */
  default void check() {}

  @Override
  default void close() {}
}
