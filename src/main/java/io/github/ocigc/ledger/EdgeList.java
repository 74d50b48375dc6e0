package io.github.ocigc.ledger;

import io.github.ocigc.oci.Role;
import java.sql.Connection;

/** All edges of a ledger, at 17 bytes each. */
@SuppressWarnings("EnumOrdinal") // a byte in memory, never stored
final class EdgeList {
  private static final Role[] ROLES = Role.values();

  private final long[] holders;
  private final long[] helds;
  private final byte[] roles;
  private int size;

  private EdgeList(int rows) {
    holders = new long[rows];
    helds = new long[rows];
    roles = new byte[rows];
  }

  static TableScan scan(Connection connection) {
    return TableScan.of(connection, "edge", "holder_id", "held_id", "role");
  }

  /**
   * Reads all of {@link #scan}.
   *
   * @throws SqlFailure if they cannot be read
   */
  static EdgeList of(TableScan scan) {
    EdgeList edges = new EdgeList(scan.rows());
    scan.forEach(
        row -> {
          edges.holders[edges.size] = row.number(1);
          edges.helds[edges.size] = row.number(2);
          edges.roles[edges.size++] = (byte) Role.of(row.text(3)).ordinal();
        });
    return edges;
  }

  /** Is told of an edge: the ids of its holder and of what it holds. */
  interface Visitor {
    void edge(long holder, long held, Role role);
  }

  void forEach(Visitor visitor) {
    for (int i = 0; i < size; i++) {
      visitor.edge(holders[i], helds[i], ROLES[roles[i]]);
    }
  }
}
