package io.github.ocigc.store;

import io.github.ocigc.oci.Finding;
import io.github.ocigc.oci.Root;
import java.util.List;

/**
 * All roots of a store at one moment.
 *
 * @param fingerprint differs whenever the roots may differ
 * @param roots at most one for each name and digest
 * @param problems roots that could not be understood; while there are any, nothing is deleted
 * @param notes strays among the roots
 */
public record Roots(
    String fingerprint, List<Root> roots, List<Finding> problems, List<Finding> notes) {
  public Roots {
    roots = List.copyOf(roots);
    problems = List.copyOf(problems);
    notes = List.copyOf(notes);
  }
}
