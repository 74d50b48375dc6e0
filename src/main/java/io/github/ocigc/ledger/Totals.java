package io.github.ocigc.ledger;

import io.github.ocigc.oci.Digest;
import io.github.ocigc.oci.DigestSum;
import io.github.ocigc.oci.Size;

/**
 * How many contents there are of each kind and their sizes, and how many roots; or by how much that
 * changes.
 *
 * @param namesXor of those that have a file: the prefixes of their digests, combined by XOR
 */
record Totals(
    long heldBlobs,
    Size held,
    long orphanBlobs,
    Size orphans,
    long condemnedBlobs,
    Size condemned,
    long namesXor,
    long roots) {
  static final Totals ZERO = new Totals(0, Size.ZERO, 0, Size.ZERO, 0, Size.ZERO, 0, 0);

  /** One content but for its name; an absent one counts nowhere. */
  static Totals of(Content.State state, int refCount, Size size) {
    return switch (state) {
      case PRESENT ->
          refCount > 0
              ? new Totals(1, size, 0, Size.ZERO, 0, Size.ZERO, 0, 0)
              : new Totals(0, Size.ZERO, 1, size, 0, Size.ZERO, 0, 0);
      case CONDEMNED -> new Totals(0, Size.ZERO, 0, Size.ZERO, 1, size, 0, 0);
      case ABSENT -> ZERO;
    };
  }

  boolean isZero() {
    return heldBlobs == 0
        && held.sameAs(Size.ZERO)
        && orphanBlobs == 0
        && orphans.sameAs(Size.ZERO)
        && condemnedBlobs == 0
        && condemned.sameAs(Size.ZERO)
        && namesXor == 0
        && roots == 0;
  }

  /** One content; {@code name} is its digest's {@link Digest#prefix}. */
  static Totals of(Content.State state, int refCount, Size size, long name) {
    Totals one = of(state, refCount, size);
    return state == Content.State.ABSENT ? one : one.named(name);
  }

  static Totals of(Content content) {
    return of(content.state(), content.refCount(), content.size(), content.digest().prefix());
  }

  private Totals named(long name) {
    return new Totals(
        heldBlobs, held, orphanBlobs, orphans, condemnedBlobs, condemned, name, roots);
  }

  static Totals ofRoots(long count) {
    return new Totals(0, Size.ZERO, 0, Size.ZERO, 0, Size.ZERO, 0, count);
  }

  /** The names of the files. */
  DigestSum names() {
    return new DigestSum(heldBlobs + orphanBlobs + condemnedBlobs, namesXor);
  }

  Totals plus(Totals other) {
    return new Totals(
        heldBlobs + other.heldBlobs,
        held.plus(other.held),
        orphanBlobs + other.orphanBlobs,
        orphans.plus(other.orphans),
        condemnedBlobs + other.condemnedBlobs,
        condemned.plus(other.condemned),
        namesXor ^ other.namesXor,
        roots + other.roots);
  }

  Totals minus(Totals other) {
    return new Totals(
        heldBlobs - other.heldBlobs,
        held.minus(other.held),
        orphanBlobs - other.orphanBlobs,
        orphans.minus(other.orphans),
        condemnedBlobs - other.condemnedBlobs,
        condemned.minus(other.condemned),
        namesXor ^ other.namesXor,
        roots - other.roots);
  }
}
