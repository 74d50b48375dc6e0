package io.github.ocigc.ledger;

import io.github.ocigc.oci.Digest;
import io.github.ocigc.oci.DigestSum;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What the ledger holds, and what it has seen: the questions of those who look at the disk. Nothing
 * here changes a row. Not safe for several threads.
 */
public final class Holdings {
  private final Handle handle;

  Holdings(Handle handle) {
    this.handle = handle;
  }

  /** Of these digests, those that something holds. */
  public Set<Digest> heldAmong(Collection<Digest> digests) {
    Set<Digest> held = new HashSet<>();
    for (Content content : new ContentTable(handle).findDigests(digests)) {
      if (content.refCount() > 0) {
        held.add(content.digest());
      }
    }
    return held;
  }

  /** True of what is held and has a file. */
  public boolean holdsFileOf(Digest digest) {
    return new ContentTable(handle)
        .find(digest)
        .filter(content -> content.refCount() > 0 && content.state() == Content.State.PRESENT)
        .isPresent();
  }

  /** Contents that are known, held by nothing, and name one of these as their subject. */
  public Set<Digest> unheldReferrersOf(Collection<Digest> subjects) {
    Set<Digest> unheld = new HashSet<>();
    for (ContentTable.Referrer referrer : new ContentTable(handle).referrersOf(subjects)) {
      if (referrer.content().refCount() == 0) {
        unheld.add(referrer.content().digest());
      }
    }
    return unheld;
  }

  /** Every digest that has a row: what is not among them, the ledger has never seen. */
  public Set<Digest> digests() {
    return new ContentTable(handle).digests();
  }

  /** The names of all files that the ledger knows. */
  public DigestSum names() {
    return new TotalsTable(handle).read().names();
  }

  /** Of these digests, those that have a file as far as the ledger knows. */
  public Set<Digest> withFileAmong(Collection<Digest> digests) {
    Set<Digest> here = new HashSet<>();
    for (Content content : new ContentTable(handle).findDigests(digests)) {
      if (content.state() != Content.State.ABSENT) {
        here.add(content.digest());
      }
    }
    return here;
  }

  /** Digests that something names and that had no file when we last looked. */
  public List<Digest> absent() {
    return new ContentTable(handle).absent().stream().map(Content::digest).toList();
  }
}
