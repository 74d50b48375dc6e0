package io.github.ocigc.cli;

import io.github.ocigc.oci.OcigcException;

/** What the process says to its caller. */
enum ExitCode {
  DONE(0, ""),
  /** Done, with failures or findings. */
  FINDINGS(1, "failed"),
  USAGE(2, "usage"),
  NOT_FOUND(3, "not_found"),
  CORRUPT(4, "corrupt"),
  LOCKED(5, "locked"),
  REGISTRY(6, "registry");

  private final int number;
  private final String word;

  ExitCode(int number, String word) {
    this.number = number;
    this.word = word;
  }

  int number() {
    return number;
  }

  /** The code in {@code {"error":{"code":…}}}. */
  String word() {
    return word;
  }

  static ExitCode of(OcigcException e) {
    if (e instanceof OcigcException.NotFound) {
      return NOT_FOUND;
    }
    if (e instanceof OcigcException.Damaged) {
      return CORRUPT;
    }
    if (e instanceof OcigcException.Locked) {
      return LOCKED;
    }
    if (e instanceof OcigcException.RegistryFailed) {
      return REGISTRY;
    }
    return e instanceof OcigcException.Refused ? FINDINGS : USAGE;
  }
}
