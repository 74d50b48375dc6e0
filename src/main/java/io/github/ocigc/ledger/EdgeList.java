package io.github.ocigc.ledger;

import io.github.ocigc.oci.Role;

/** All edges of a ledger, at 20 bytes each. */
@SuppressWarnings("EnumOrdinal") // a number in memory, never stored
final class EdgeList {
  private static final Role[] ROLES = Role.values();

  private final Longs holders = new Longs();
  private final Longs helds = new Longs();
  private final Ints roles = new Ints();

  private EdgeList() {}

  static TableScan scan(Tables tables) {
    return tables.scan("edge", "holder_id", "held_id", "role");
  }

  /**
   * Reads all of {@link #scan}.
   *
   * @throws SqlFailure if they cannot be read
   */
  static EdgeList of(TableScan scan) {
    EdgeList edges = new EdgeList();
    scan.forEach(
        row -> {
          edges.holders.add(row.number(1));
          edges.helds.add(row.number(2));
          edges.roles.add(Role.of(row.text(3)).ordinal());
        });
    return edges;
  }

  /** Is told of an edge: the ids of its holder and of what it holds. */
  interface Visitor {
    void edge(long holder, long held, Role role);
  }

  void forEach(Visitor visitor) {
    for (int i = 0; i < roles.size(); i++) {
      visitor.edge(holders.get(i), helds.get(i), ROLES[roles.get(i)]);
    }
  }
}
