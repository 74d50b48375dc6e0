package io.github.ocigc.engine;

import io.github.ocigc.ledger.Tally;
import io.github.ocigc.oci.Finding;
import java.util.ArrayList;
import java.util.List;

/** Comparing ledger and disk, changing neither. */
public final class Check {
  private final OpenStore open;

  public Check(OpenStore open) {
    this.open = open;
  }

  /**
   * Looks at the whole store.
   *
   * @param checkBytes also hash every blob
   */
  public CheckReport run(boolean checkBytes) {
    Survey.Result seen = open.survey(checkBytes);
    Tally tally = seen.census().count();
    List<Finding> findings = new ArrayList<>();
    open.ledger().view().compare(tally).findings().stream()
        .filter(finding -> finding.kind() != Finding.Kind.ORPHAN_BLOB)
        .forEach(findings::add);
    findings.addAll(DiskFindings.of(open.store(), seen, tally));
    findings.addAll(seen.findings());
    tally.forEachAbsent(
        digest ->
            findings.add(
                Finding.ofContent(
                    Finding.Kind.ABSENT_CONTENT, digest, "something names it, no file is here")));
    tally.forEachOrphan(
        orphan ->
            findings.add(
                new Finding(
                    Finding.Kind.ORPHAN_BLOB,
                    orphan.digest().toString(),
                    open.store().paths().show(open.store().paths().blob(orphan.digest())),
                    orphan.size().bytes() + " bytes held by nothing")));
    return new CheckReport(findings);
  }
}
