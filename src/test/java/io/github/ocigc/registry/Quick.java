package io.github.ocigc.registry;

import java.time.Duration;
import java.util.Map;
import java.util.Random;

/** Options and bytes for tests: no credentials, and a patience of milliseconds. */
final class Quick {
  static final Retries RETRIES =
      new Retries(3, Duration.ofMillis(1), Duration.ofMillis(5), Duration.ofSeconds(20));

  private Quick() {}

  static RegistryOptions options() {
    return options(Map.of());
  }

  static RegistryOptions options(Map<String, String> environment) {
    return RegistryOptions.defaults(environment).withRetries(RETRIES);
  }

  /** Bytes that do not repeat; the same for the same length. */
  static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }
}
