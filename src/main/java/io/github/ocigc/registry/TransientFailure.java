package io.github.ocigc.registry;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What may go better next time. Its message is the last part of a sentence, free of secrets. */
final class TransientFailure extends Exception {
  private static final long serialVersionUID = 1L;

  private final @Nullable Duration after;

  TransientFailure(String found) {
    super(found);
    this.after = null;
  }

  TransientFailure(String found, Optional<Duration> after) {
    super(found);
    this.after = after.orElse(null);
  }

  /** How long the registry asks us to wait. */
  Optional<Duration> after() {
    return Optional.ofNullable(after);
  }

  String found() {
    return String.valueOf(getMessage());
  }
}
