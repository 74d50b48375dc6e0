package io.github.ocigc.ledger;

import io.github.ocigc.oci.Size;

/** How many contents there are of each kind and their sizes; or by how much that changes. */
record Totals(
    long heldBlobs,
    Size held,
    long orphanBlobs,
    Size orphans,
    long condemnedBlobs,
    Size condemned) {
  static final Totals ZERO = new Totals(0, Size.ZERO, 0, Size.ZERO, 0, Size.ZERO);

  /** One content; an absent one counts nowhere. */
  static Totals of(Content.State state, int refCount, Size size) {
    return switch (state) {
      case PRESENT ->
          refCount > 0
              ? new Totals(1, size, 0, Size.ZERO, 0, Size.ZERO)
              : new Totals(0, Size.ZERO, 1, size, 0, Size.ZERO);
      case CONDEMNED -> new Totals(0, Size.ZERO, 0, Size.ZERO, 1, size);
      case ABSENT -> ZERO;
    };
  }

  boolean isZero() {
    return heldBlobs == 0
        && held.sameAs(Size.ZERO)
        && orphanBlobs == 0
        && orphans.sameAs(Size.ZERO)
        && condemnedBlobs == 0
        && condemned.sameAs(Size.ZERO);
  }

  static Totals of(Content content) {
    return of(content.state(), content.refCount(), content.size());
  }

  Totals plus(Totals other) {
    return new Totals(
        heldBlobs + other.heldBlobs,
        held.plus(other.held),
        orphanBlobs + other.orphanBlobs,
        orphans.plus(other.orphans),
        condemnedBlobs + other.condemnedBlobs,
        condemned.plus(other.condemned));
  }

  Totals minus(Totals other) {
    return new Totals(
        heldBlobs - other.heldBlobs,
        held.minus(other.held),
        orphanBlobs - other.orphanBlobs,
        orphans.minus(other.orphans),
        condemnedBlobs - other.condemnedBlobs,
        condemned.minus(other.condemned));
  }
}
