package io.github.ocigc.engine;

import io.github.ocigc.ledger.Arrival;
import io.github.ocigc.ledger.Content;
import io.github.ocigc.ledger.Event;
import io.github.ocigc.ledger.Tally;
import io.github.ocigc.oci.Digest;
import io.github.ocigc.oci.Form;
import io.github.ocigc.oci.OcigcException;
import io.github.ocigc.store.BlobStat;
import io.github.ocigc.store.Store;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Removing what nothing holds, found by a mark from the roots over the whole disk. What is younger
 * than the grace stays, and so does everything below it: it may be a push that has not come to its
 * manifest yet.
 */
public final class Prune {
  private final OpenStore open;
  private final Store store;
  private long partialBytes;

  public Prune(OpenStore open) {
    this.open = open;
    this.store = open.store();
  }

  /**
   * Prunes.
   *
   * @param orphans also what the ledger never saw held
   * @throws OcigcException.Damaged while something held cannot be read: it may hold anything
   */
  public DeleteReport run(boolean orphans, Duration olderThan, boolean dryRun) {
    Survey.Result seen = open.survey(false);
    Tally tally = seen.census().count();
    requireHealthy(seen, tally);
    Map<Digest, Instant> unheld = open.ledger().view().unheld();
    Map<Arrival, BlobStat> files = new HashMap<>();
    Set<Digest> young = new HashSet<>();
    Instant limit = Instant.now().minus(olderThan);
    tally.forEachOrphan(
        orphan -> {
          Optional<BlobStat> file = store.blobs().stat(orphan.digest());
          if (file.isPresent() && file.get().regular()) {
            Instant since = unheld.getOrDefault(orphan.digest(), Instant.MIN);
            Instant modified = file.get().modified();
            if (modified.isAfter(limit) || since.isAfter(limit)) {
              young.add(orphan.digest());
            }
            files.put(orphan, file.get());
          }
        });
    partialBytes = store.partialBlobs().bytesOlderThan(FileTime.from(limit), !dryRun);
    Set<Digest> kept = new HashSet<>();
    young.forEach(top -> tally.forEachBelow(top, kept::add));
    List<Arrival> going =
        files.keySet().stream()
            .filter(orphan -> !kept.contains(orphan.digest()))
            .filter(orphan -> orphans || unheld.containsKey(orphan.digest()))
            .filter(orphan -> orphan.form() != Form.NOT_A_FILE)
            .sorted(java.util.Comparator.comparing(Arrival::digest))
            .toList();
    if (dryRun) {
      return report(
          going.stream().map(Prune::freed).toList(), links(going, files), List.of(), true);
    }
    return carryOut(going, files);
  }

  private void requireHealthy(Survey.Result seen, Tally tally) {
    List<String> reasons = new ArrayList<>();
    seen.roots()
        .problems()
        .forEach(problem -> reasons.add(problem.path() + ": " + problem.detail()));
    tally.forEachDamaged(digest -> reasons.add(store.blobs().explain(digest)));
    if (!reasons.isEmpty()) {
      throw new OcigcException.Damaged(
          String.join("\n", reasons)
              + "\nWhat it holds is unknown, so nothing was removed. Fetch it again, or delete the"
              + " reference that names it.");
    }
  }

  private DeleteReport carryOut(List<Arrival> going, Map<Arrival, BlobStat> files) {
    if (going.isEmpty()) {
      return report(List.of(), 0, List.of(), false);
    }
    List<Content> condemned = open.ledger().condemnUnheld(going);
    open.options().steps().reached("released");
    Sweep.Result swept = open.sweep().run(condemned);
    List<DeleteReport.Freed> freed =
        swept.freed().stream().map(c -> new DeleteReport.Freed(c.digest(), c.sizeBytes())).toList();
    Set<Digest> gone = freed.stream().map(DeleteReport.Freed::digest).collect(Collectors.toSet());
    long links = links(going.stream().filter(g -> gone.contains(g.digest())).toList(), files);
    long bytes = freed.stream().mapToLong(DeleteReport.Freed::sizeBytes).sum();
    open.ledger().record(List.of(new Event(Instant.now(), "prune", "", freed.size(), bytes)));
    return report(
        freed,
        links,
        swept.failed().stream()
            .map(f -> new DeleteReport.Failed(f.content().digest(), f.reason()))
            .toList(),
        false);
  }

  private static long links(List<Arrival> going, Map<Arrival, BlobStat> files) {
    return going.stream().map(files::get).filter(file -> file != null && file.links() > 1).count();
  }

  private static DeleteReport.Freed freed(Arrival orphan) {
    return new DeleteReport.Freed(orphan.digest(), orphan.size().bytes());
  }

  private DeleteReport report(
      List<DeleteReport.Freed> freed, long links, List<DeleteReport.Failed> failed, boolean dry) {
    return new DeleteReport(
        List.of(),
        List.of(),
        freed,
        freed.stream().mapToLong(DeleteReport.Freed::sizeBytes).sum(),
        0,
        DeleteReport.Deferred.NONE,
        links,
        partialBytes,
        List.of(),
        failed,
        dry);
  }
}
