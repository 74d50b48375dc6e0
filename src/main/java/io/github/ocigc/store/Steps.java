package io.github.ocigc.store;

/**
 * Told of each step that changes the disk or makes something durable, right after it. Crash tests
 * end the process in here; everybody else uses {@link #NONE}.
 */
@FunctionalInterface
public interface Steps {
  Steps NONE = step -> {};

  /** {@code step} is a fixed lower-case name, such as {@code roots-published}. */
  void reached(String step);
}
