package io.github.ocigc.engine;

import io.github.ocigc.oci.Finding;
import java.util.List;

/** What a check found; notes are normal in a healthy store. */
public record CheckReport(List<Finding> findings) {
  public CheckReport {
    findings = List.copyOf(findings);
  }

  public boolean healthy() {
    return findings.stream().allMatch(finding -> finding.kind().isNote());
  }
}
