package io.github.ocigc.ledger;

/** How many contents there are of each kind and their bytes; or by how much that changes. */
record Totals(
    long heldBlobs,
    long heldBytes,
    long orphanBlobs,
    long orphanBytes,
    long condemnedBlobs,
    long condemnedBytes) {
  static final Totals ZERO = new Totals(0, 0, 0, 0, 0, 0);

  /** One content; an absent one counts nowhere. */
  static Totals of(Content.State state, int refCount, long bytes) {
    return switch (state) {
      case PRESENT ->
          refCount > 0 ? new Totals(1, bytes, 0, 0, 0, 0) : new Totals(0, 0, 1, bytes, 0, 0);
      case CONDEMNED -> new Totals(0, 0, 0, 0, 1, bytes);
      case ABSENT -> ZERO;
    };
  }

  boolean isZero() {
    return heldBlobs == 0
        && heldBytes == 0
        && orphanBlobs == 0
        && orphanBytes == 0
        && condemnedBlobs == 0
        && condemnedBytes == 0;
  }

  static Totals of(Content content) {
    return of(content.state(), content.refCount(), content.sizeBytes());
  }

  Totals plus(Totals other) {
    return new Totals(
        heldBlobs + other.heldBlobs,
        heldBytes + other.heldBytes,
        orphanBlobs + other.orphanBlobs,
        orphanBytes + other.orphanBytes,
        condemnedBlobs + other.condemnedBlobs,
        condemnedBytes + other.condemnedBytes);
  }

  Totals minus(Totals other) {
    return plus(
        new Totals(
            -other.heldBlobs,
            -other.heldBytes,
            -other.orphanBlobs,
            -other.orphanBytes,
            -other.condemnedBlobs,
            -other.condemnedBytes));
  }
}
