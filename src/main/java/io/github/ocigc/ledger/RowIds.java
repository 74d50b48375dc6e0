package io.github.ocigc.ledger;

/**
 * The ids of a load, from 1: image after image, each with what it is the first to reach, then what
 * no root reaches. What one delete takes lies in few pages so; in the order of digests each content
 * would lie in a page of its own.
 */
final class RowIds {
  private final Tally tally;
  private final int[] order;
  private final long[] ids;
  private int given;

  RowIds(Tally tally) {
    this.tally = tally;
    ids = new long[tally.census.size()];
    order = new int[(int) tally.sums().contents()];
    for (int root = 0; root < tally.roots(); root++) {
      below(tally.target(root));
    }
    for (int number = 0; number < ids.length; number++) {
      give(number);
    }
  }

  private void below(int top) {
    Ints next = new Ints();
    Ints reached = new Ints();
    next.add(top);
    while (!next.isEmpty()) {
      int number = next.removeLast();
      if (give(number)) {
        tally.forEachReached(number, reached::add);
        while (!reached.isEmpty()) {
          next.add(reached.removeLast()); // so that the first comes first
        }
      }
    }
  }

  /** False for what has an id already, or gets none. */
  private boolean give(int number) {
    if (ids[number] != 0 || !tally.hasRow(number)) {
      return false;
    }
    order[given++] = number;
    ids[number] = given;
    return true;
  }

  /** The numbers of what has a row, in the order of their ids. */
  int[] order() {
    return order;
  }

  /** 0 for what gets no row. */
  long id(int number) {
    return ids[number];
  }
}
