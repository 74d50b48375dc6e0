package io.github.ocigc.registry;

/**
 * A bearer token.
 *
 * @param until of {@link System#nanoTime}; from then on another is wanted
 */
record Token(String text, long until) {
  boolean fresh() {
    return System.nanoTime() - until < 0;
  }

  /** The value of Authorization (RFC 6750). */
  String bearer() {
    return "Bearer " + text;
  }

  @Override
  public String toString() {
    return "a bearer token";
  }
}
