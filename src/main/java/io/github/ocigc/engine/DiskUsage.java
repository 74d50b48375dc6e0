package io.github.ocigc.engine;

import io.github.ocigc.ledger.Content;
import io.github.ocigc.ledger.LedgerRoot;
import io.github.ocigc.ledger.LedgerView;
import io.github.ocigc.ledger.Plan;
import io.github.ocigc.ledger.PlanRequest;
import io.github.ocigc.ledger.RootUsage;
import io.github.ocigc.store.PartialBlobs;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where the space goes. */
public final class DiskUsage {
  private final OpenStore open;

  public DiskUsage(OpenStore open) {
    this.open = open;
  }

  /**
   * The answer.
   *
   * @param sharedBytes what two or more references reach
   * @param references the biggest gain first
   * @param partial what broken-off downloads left, for the next try
   * @param together what deleting all the given references would free; empty if none were given
   */
  public record Report(
      LedgerView.DiskUsage store,
      long sharedBytes,
      List<Line> references,
      Partial partial,
      Optional<Together> together) {}

  /** Large blobs of which a part is here, outside of the blob folders. */
  public record Partial(int blobs, long bytes) {}

  /** One reference; an empty name means untagged. */
  public record Line(
      String name, String digest, long sizeBytes, long uniqueBytes, long sharedBytes) {}

  /** What deleting several references at once would free. */
  public record Together(long blobs, long bytes) {}

  /** For the whole store, or for some references. */
  public Report run(List<String> texts) {
    LedgerView view = open.ledger().view();
    List<RootUsage> usages = view.usages();
    Map<Long, LedgerRoot> chosen = new LinkedHashMap<>();
    texts.forEach(
        text -> Listing.selected(view, text).forEach(root -> chosen.put(root.id(), root)));
    List<Line> lines = new ArrayList<>();
    for (RootUsage usage : usages) {
      LedgerRoot root = usage.root();
      if (texts.isEmpty() || chosen.containsKey(root.id())) {
        lines.add(
            new Line(
                root.key().name(),
                root.content().digest().toString(),
                usage.totalBytes(),
                usage.uniqueBytes(),
                usage.sharedBytes()));
      }
    }
    lines.sort(Comparator.comparingLong(Line::uniqueBytes).reversed());
    LedgerView.DiskUsage store = view.diskUsage();
    return new Report(
        store,
        view.sharedBytes(store, usages),
        List.copyOf(lines),
        partial(open.store().partialBlobs().usage()),
        texts.isEmpty() ? Optional.empty() : Optional.of(together(chosen)));
  }

  private static Partial partial(PartialBlobs.Usage usage) {
    return new Partial(usage.blobs(), usage.bytes());
  }

  private Together together(Map<Long, LedgerRoot> chosen) {
    Plan plan =
        open.ledger()
            .plan(PlanRequest.dropping(List.copyOf(chosen.values()), PlanRequest.Weak.FOLLOW));
    return new Together(
        plan.condemned().size(), plan.condemned().stream().mapToLong(Content::sizeBytes).sum());
  }
}
