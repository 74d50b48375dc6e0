package io.github.ocigc.engine;

import io.github.ocigc.ledger.LedgerFile;
import io.github.ocigc.store.Refusals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Shrinking the ledger's file. The store must be opened anew afterwards. */
public final class Compact {
  private final OpenStore open;

  public Compact(OpenStore open) {
    this.open = open;
  }

  /** Lengths of the ledger's file. */
  public record Report(long beforeBytes, long afterBytes) {}

  public Report run() {
    Path file = new LedgerFile(open.store().paths().ledger()).path();
    long before = size(file);
    open.ledger().compactAndClose();
    return new Report(before, size(file));
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw Refusals.of("look at", file, e);
    }
  }
}
