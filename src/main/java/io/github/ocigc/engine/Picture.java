package io.github.ocigc.engine;

import io.github.ocigc.ledger.LedgerView;
import io.github.ocigc.ledger.StoreMap;
import io.github.ocigc.ledger.UsageSample;
import java.util.List;

/** All that a picture of the store needs: what is in it, who uses it, how it grew. */
public final class Picture {
  private final OpenStore open;

  public Picture(OpenStore open) {
    this.open = open;
  }

  /**
   * The whole store.
   *
   * @param folder where it is
   * @param kind of store
   * @param usage as the command {@code du} has it
   * @param samples how large it was, oldest first
   */
  public record Report(
      String folder,
      String kind,
      DiskUsage.Report usage,
      StoreMap map,
      List<UsageSample> samples) {}

  public Report run() {
    LedgerView view = open.ledger().view();
    return new Report(
        open.store().paths().root().toString(),
        open.store().kind(),
        new DiskUsage(open).run(List.of()),
        view.map(),
        view.samples());
  }
}
