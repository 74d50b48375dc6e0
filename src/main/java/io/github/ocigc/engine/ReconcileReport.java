package io.github.ocigc.engine;

import io.github.ocigc.ledger.Tally;
import io.github.ocigc.oci.Finding;
import java.util.List;

/**
 * What a reconcile found.
 *
 * @param changes rows of the ledger that had to come, go or change
 */
public record ReconcileReport(
    long references, Tally.Sums sums, long changes, List<Finding> findings, double seconds) {
  public ReconcileReport {
    findings = List.copyOf(findings);
  }

  /** True if the store itself is not as it should be; what was wrong with the ledger is mended. */
  public boolean storeHasProblems() {
    return findings.stream().anyMatch(finding -> !finding.kind().isNote() && !mended(finding));
  }

  private static boolean mended(Finding finding) {
    return switch (finding.kind()) {
      case COUNT_DRIFT, SUM_DRIFT, LEDGER_DRIFT, LEDGER_SET_ASIDE -> true;
      default -> false;
    };
  }
}
