package io.github.ocigc.engine;

import io.github.ocigc.ledger.Tally;
import io.github.ocigc.oci.Finding;
import io.github.ocigc.oci.Root;
import io.github.ocigc.store.Store;
import java.util.ArrayList;
import java.util.List;

/** What is wrong on the disk itself, whatever the ledger says. */
final class DiskFindings {
  private DiskFindings() {}

  static List<Finding> of(Store store, Survey.Result seen, Tally tally) {
    List<Finding> findings = new ArrayList<>();
    for (Root root : seen.roots().roots()) {
      if (!tally.hasFile(root.digest()) && store.blobs().stat(root.digest()).isEmpty()) {
        findings.add(
            Finding.ofContent(
                Finding.Kind.DANGLING_REFERENCE,
                root.digest(),
                root.key()
                    + " names it, and it is not here; 'ocigc-ledger delete "
                    + root.key()
                    + "' drops the name"));
      }
    }
    tally.forEachDamaged(
        digest ->
            findings.add(
                Finding.ofContent(
                    Finding.Kind.UNREADABLE_MANIFEST, digest, store.blobs().explain(digest))));
    seen.census()
        .sizeDoubts()
        .forEach(
            doubt -> {
              if (tally.holds(doubt.holder())) {
                findings.add(
                    Finding.ofContent(
                        Finding.Kind.WRONG_SIZE,
                        doubt.held(),
                        "%s says %d bytes, the file has %d"
                            .formatted(doubt.holder(), doubt.saidBytes(), doubt.fileBytes())));
              }
            });
    return findings;
  }
}
