package io.github.ocigc.ledger;

import io.github.ocigc.oci.Role;
import java.sql.Connection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** All edges of a ledger, which another core begins to read at once. 17 bytes an edge. */
@SuppressWarnings("EnumOrdinal") // a byte in memory, never stored
final class EdgeList {
  private static final Role[] ROLES = Role.values();

  private final CompletableFuture<Void> reading;
  private long[] holders = {};
  private long[] helds = {};
  private byte[] roles = {};
  private int size;

  EdgeList(Connection connection) {
    TableScan scan = TableScan.of(connection, "edge", "holder_id", "held_id", "role");
    reading = CompletableFuture.runAsync(() -> read(scan));
  }

  private void read(TableScan scan) {
    holders = new long[scan.rows()];
    helds = new long[holders.length];
    roles = new byte[holders.length];
    scan.forEach(
        row -> {
          holders[size] = row.number(1);
          helds[size] = row.number(2);
          roles[size++] = (byte) Role.of(row.text(3)).ordinal();
        });
  }

  /** Each is told of an edge: the ids of its holder and of what it holds. */
  interface Visitor {
    void edge(long holder, long held, Role role);
  }

  /**
   * Waits until all have been read.
   *
   * @throws SqlFailure if they cannot be
   */
  void forEach(Visitor visitor) {
    try {
      reading.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException known ? known : e;
    }
    for (int i = 0; i < size; i++) {
      visitor.edge(holders[i], helds[i], ROLES[roles[i]]);
    }
  }
}
