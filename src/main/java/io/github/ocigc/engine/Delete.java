package io.github.ocigc.engine;

import io.github.ocigc.ledger.Content;
import io.github.ocigc.ledger.Event;
import io.github.ocigc.ledger.Ledger;
import io.github.ocigc.ledger.Plan;
import io.github.ocigc.ledger.PlanRequest;
import io.github.ocigc.ledger.StoreState;
import io.github.ocigc.oci.OcigcException;
import io.github.ocigc.oci.Root;
import io.github.ocigc.store.BlobStat;
import io.github.ocigc.store.RootChange;
import io.github.ocigc.store.Steps;
import io.github.ocigc.store.Store;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Dropping references and freeing what falls to zero.
 *
 * <p>The order is plan, intent, roots on disk, release, unlink, forget; see the package. A second
 * delete of the same name is {@link OcigcException.NotFound}.
 */
public final class Delete {
  private static final int ATTEMPTS = 5;

  private final OpenStore open;
  private final Store store;
  private final Ledger ledger;
  private final Steps steps;

  public Delete(OpenStore open) {
    this.open = open;
    this.store = open.store();
    this.ledger = open.ledger();
    this.steps = open.options().steps();
  }

  /**
   * Deletes what the texts name: names, short forms, digests, {@code name@digest}, globs.
   *
   * @throws OcigcException.NotFound if one of them names nothing; then nothing was deleted
   * @throws OcigcException.Damaged if the store has damage that what is to be freed may depend on
   */
  public DeleteReport run(List<String> texts, DeleteOptions options) {
    if (options.keepReferrers() && !store.keepsUntaggedRoots()) {
      throw new OcigcException.Unusable(
          "A KraftKit store has no untagged roots, so referrers cannot be kept without their"
              + " subject. Leave out --keep-referrers.");
    }
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      DeleteTargets targets = new DeleteTargets(ledger.view());
      PlanRequest request = targets.request(texts, options);
      Plan plan = ledger.plan(request);
      List<String> names = targets.names();
      requireHealthy(plan);
      Map<Content, BlobStat> files = files(plan);
      DeleteReport.Deferred deferred = deferred(ledger.deferredBy(request));
      if (options.dryRun()) {
        return report(
            names, plan, deferred, files, new Sweep.Result(plan.condemned(), List.of()), true);
      }
      Optional<Sweep.Result> swept = carryOut(plan, names);
      if (swept.isPresent()) {
        return report(names, plan, deferred, files, swept.get(), false);
      }
      open.lookThrough(); // another tool rewrote the roots between our look and our rewrite
    }
    throw new OcigcException.Locked(
        "Another tool keeps changing the roots of "
            + store.paths().root()
            + "; nothing was deleted. Try again when it is done.");
  }

  private DeleteReport.Deferred deferred(List<Content> contents) {
    if (contents.isEmpty()) {
      return DeleteReport.Deferred.NONE;
    }
    return new DeleteReport.Deferred(
        contents.size(),
        contents.stream().mapToLong(Content::sizeBytes).sum(),
        ledger.view().leaseOwners(contents.stream().map(Content::id).toList()));
  }

  private void requireHealthy(Plan plan) {
    if (ledger.state().orElseThrow().rootsFingerprint().isEmpty()) {
      throw new OcigcException.Damaged(
          store.readRoots().problems().stream()
                  .map(problem -> problem.path() + ": " + problem.detail())
                  .collect(Collectors.joining("\n"))
              + "\nWhat such a root may hold is unknown, so nothing was removed. Mend or remove it.");
    }
    if (!plan.obstacles().isEmpty()) {
      throw new OcigcException.Damaged(
          plan.obstacles().stream().map(this::explain).collect(Collectors.joining("\n"))
              + "\nWhat it holds is unknown, so nothing was removed. Fetch it again, or delete that"
              + " reference first.");
    }
  }

  private String explain(Content damaged) {
    String names =
        ledger.view().rootsOf(damaged).stream()
            .map(root -> root.key().toString())
            .collect(Collectors.joining(", "));
    return store.blobs().explain(damaged.digest())
        + (names.isEmpty()
            ? " (see: ocigc-ledger why " + damaged.digest() + ")"
            : " (" + names + ")");
  }

  /** A stat of each file that is to go; refuses if one is not a file. */
  private Map<Content, BlobStat> files(Plan plan) {
    Map<Content, BlobStat> files = new java.util.HashMap<>();
    for (Content content : plan.condemned()) {
      store.blobs().stat(content.digest()).ifPresent(stat -> files.put(content, stat));
      if (files.containsKey(content) && !files.get(content).regular()) {
        throw Sweep.notAFile(store, content);
      }
    }
    return files;
  }

  /** Empty if another tool was faster: then nothing has happened. */
  private Optional<Sweep.Result> carryOut(Plan plan, List<String> names) {
    StoreState state = ledger.state().orElseThrow();
    RootChange change = change(plan);
    String fingerprint = state.rootsFingerprint();
    if (!change.isEmpty()) {
      ledger.intend(change.drop());
      steps.reached("intent-durable");
      Optional<String> published = publish(change, fingerprint);
      if (published.isEmpty()) {
        ledger.abandonIntent();
        return Optional.empty();
      }
      fingerprint = published.get();
    }
    ledger.release(
        plan,
        change.add().stream().map(a -> new Root(a.name(), a.digest(), a.mediaType(), "")).toList(),
        state.seen(fingerprint, state.blobsStamp()),
        event(plan, names));
    steps.reached("released");
    return Optional.of(open.sweep().run(plan.condemned()));
  }

  private Optional<String> publish(RootChange change, String fingerprint) {
    try {
      return store.publish(change, fingerprint, steps);
    } catch (OcigcException e) {
      open.catchUp(); // drops the intent, or finishes what of it reached the disk
      throw e;
    }
  }

  private RootChange change(Plan plan) {
    List<RootChange.Addition> add = new ArrayList<>();
    for (Content referrer : plan.orphaned()) {
      add.add(
          new RootChange.Addition(
              "", referrer.digest(), MediaType.of(open, referrer), referrer.sizeBytes()));
    }
    return new RootChange(plan.rootKeys(), add);
  }

  private static Event event(Plan plan, List<String> names) {
    long bytes = plan.condemned().stream().mapToLong(Content::sizeBytes).sum();
    return new Event(
        Instant.now(), "delete", String.join(", ", names), plan.condemned().size(), bytes);
  }

  private static DeleteReport report(
      List<String> names,
      Plan plan,
      DeleteReport.Deferred deferred,
      Map<Content, BlobStat> files,
      Sweep.Result swept,
      boolean dryRun) {
    Set<String> asked = Set.copyOf(names);
    List<DeleteReport.Freed> freed =
        swept.freed().stream()
            .map(c -> new DeleteReport.Freed(c.digest(), sizeOf(c, files)))
            .toList();
    return new DeleteReport(
        names,
        plan.roots().stream()
            .map(root -> root.key().toString())
            .filter(name -> !asked.contains(name))
            .toList(),
        freed,
        freed.stream().mapToLong(DeleteReport.Freed::sizeBytes).sum(),
        plan.living().stream().filter(c -> c.state() == Content.State.PRESENT).count()
            - deferred.blobs(),
        deferred,
        swept.freed().stream()
            .filter(c -> files.containsKey(c) && files.get(c).links() > 1)
            .count(),
        0,
        plan.dying().stream()
            .filter(c -> plan.spared().contains(c.id()))
            .map(Content::digest)
            .toList(),
        swept.failed().stream()
            .map(f -> new DeleteReport.Failed(f.content().digest(), f.reason()))
            .toList(),
        dryRun);
  }

  private static long sizeOf(Content content, Map<Content, BlobStat> files) {
    BlobStat file = files.get(content);
    return file == null ? content.sizeBytes() : file.sizeBytes();
  }
}
