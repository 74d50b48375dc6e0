package io.github.ocigc.cli;

import io.github.ocigc.oci.Finding;
import java.util.List;

/** How findings look to a person. */
final class FindingsPrinter {
  private static final int SHOWN_OF_A_KIND = 20;

  private FindingsPrinter() {}

  /** The first twenty of each kind, and how many more there are. */
  static String text(List<Finding> findings) {
    StringBuilder text = new StringBuilder();
    for (Finding.Kind kind : Finding.Kind.values()) {
      List<Finding> same = findings.stream().filter(f -> f.kind() == kind).toList();
      same.stream()
          .limit(SHOWN_OF_A_KIND)
          .forEach(
              finding -> {
                text.append(kind.label()).append("  ");
                String about = finding.path().isEmpty() ? finding.digest() : finding.path();
                text.append(Plain.line(about)).append(about.isEmpty() ? "" : "  ");
                text.append(Plain.line(finding.detail())).append('\n');
              });
      if (same.size() > SHOWN_OF_A_KIND) {
        text.append(kind.label()).append("  and ").append(same.size() - SHOWN_OF_A_KIND);
        text.append(" more; --json lists all\n");
      }
    }
    return text.toString();
  }
}
