package io.github.ocigc.engine;

import io.github.ocigc.ledger.Content;
import io.github.ocigc.ledger.LedgerRoot;
import io.github.ocigc.ledger.LedgerView;
import io.github.ocigc.ledger.Plan;
import io.github.ocigc.ledger.PlanRequest;
import io.github.ocigc.ledger.RootUsage;
import io.github.ocigc.oci.Digest;
import io.github.ocigc.oci.Size;
import io.github.ocigc.store.OtherUsage;
import io.github.ocigc.store.PartialBlobs;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where the space goes. */
public final class DiskUsage {
  private final OpenStore open;
  private final List<Path> strays;

  public DiskUsage(OpenStore open) {
    this.open = open;
    this.strays = open.ledger().view().strays().stream().map(open.store().paths()::path).toList();
  }

  /**
   * The answer. What only one reference reaches, what several do, what transfers alone hold, what
   * nothing holds and what is about to go add up to all blobs.
   *
   * @param own what one reference alone reaches, of all references
   * @param shared what two or more references reach
   * @param leased what transfers under way hold and no reference does
   * @param references the biggest gain first
   * @param partial what broken-off downloads left, for the next try
   * @param together what deleting all the given references would free; empty if none were given
   */
  public record Report(
      LedgerView.DiskUsage store,
      Size own,
      Size shared,
      Size leased,
      List<Line> references,
      Partial partial,
      Optional<Together> together) {}

  /** Large blobs of which a part is here, outside of the blob folders. */
  public record Partial(int blobs, long bytes) {}

  /** What the store has beside its blobs: files, their lengths, blocks of files and folders. */
  public record Others(long files, Size size) {}

  /** One reference; an empty name means untagged. */
  public record Line(String name, Digest digest, Size total, Size unique) {
    public long sharedBytes() {
      return total.bytes() - unique.bytes();
    }
  }

  /** What deleting several references at once would free. */
  public record Together(long blobs, Size size) {}

  /** For the whole store, or for some references. */
  public Report run(List<String> texts) {
    LedgerView view = open.ledger().view();
    List<RootUsage> usages = view.usages();
    Map<Long, LedgerRoot> chosen = new LinkedHashMap<>();
    texts.forEach(
        text -> Listing.selected(view, text).forEach(root -> chosen.put(root.id(), root)));
    List<Line> lines = new ArrayList<>();
    Size own = Size.ZERO;
    for (RootUsage usage : usages) {
      own = own.plus(usage.unique());
      if (texts.isEmpty() || chosen.containsKey(usage.id())) {
        lines.add(
            new Line(usage.key().name(), usage.key().digest(), usage.total(), usage.unique()));
      }
    }
    lines.sort(
        Comparator.comparingLong((Line line) -> line.unique().bytes())
            .thenComparingLong(line -> line.total().bytes())
            .reversed());
    LedgerView.DiskUsage store = view.diskUsage();
    Size leased = view.leased();
    return new Report(
        store,
        own,
        store.held().minus(own).minus(leased),
        leased,
        List.copyOf(lines),
        partial(open.store().partialBlobs().usage()),
        texts.isEmpty() ? Optional.empty() : Optional.of(together(chosen)));
  }

  /**
   * What the store has beside its blobs, the ledger among it: measured on the disk, and settled
   * once the store is closed. What others left among the blobs is that which the ledger last saw
   * there: all of it, if the store was opened with {@link OpenStore.Access#READ_ALL}.
   */
  public Others others() {
    OtherUsage usage = open.store().otherFiles(strays);
    return new Others(usage.files(), usage.size());
  }

  private static Partial partial(PartialBlobs.Usage usage) {
    return new Partial(usage.blobs(), usage.bytes());
  }

  private Together together(Map<Long, LedgerRoot> chosen) {
    Plan plan =
        open.ledger()
            .plan(PlanRequest.dropping(List.copyOf(chosen.values()), PlanRequest.Weak.FOLLOW));
    return new Together(
        plan.condemned().size(),
        plan.condemned().stream().map(Content::size).reduce(Size.ZERO, Size::plus));
  }
}
