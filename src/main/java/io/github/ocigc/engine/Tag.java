package io.github.ocigc.engine;

import io.github.ocigc.ledger.Content;
import io.github.ocigc.ledger.Event;
import io.github.ocigc.ledger.LedgerRoot;
import io.github.ocigc.ledger.LedgerView;
import io.github.ocigc.oci.Form;
import io.github.ocigc.oci.OcigcException;
import io.github.ocigc.oci.RootKey;
import io.github.ocigc.store.RootChange;
import io.github.ocigc.store.Store;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Giving a content one more name. The new name is on disk and held before an old one is released;
 * if the process dies in between, the next command takes in what the disk says.
 */
public final class Tag {
  private final OpenStore open;
  private final Store store;

  public Tag(OpenStore open) {
    this.open = open;
    this.store = open.store();
  }

  /** The name and what it names now. */
  public record Report(String reference, io.github.ocigc.oci.Digest digest) {}

  /**
   * Tags what {@code text} names. An untagged root becomes the tagged one.
   *
   * @param move take the name away from another content, which stays as an untagged root
   * @throws OcigcException.Unusable if the name is taken and {@code move} is not set, or for what
   *     is no manifest: below a root that cannot be read nothing is known, and no delete would be
   *     safe
   */
  public Report run(String text, String name, boolean move) {
    store.requireUsableName(name);
    LedgerView view = open.ledger().view();
    Content content = new References(view).content(text);
    if (content.state() != Content.State.PRESENT) {
      throw new OcigcException.NotFound(content.digest() + " is not in the store.");
    }
    if (store.blobs().facts(content.digest()).form() != Form.DOCUMENT) {
      throw new OcigcException.Unusable(
          content.digest()
              + " cannot have a name, which is for manifests and indexes: "
              + store.blobs().explain(content.digest())
              + ". What holds it: ocigc-ledger why "
              + content.digest());
    }
    if (!store.keepsUntaggedRoots() && view.rootsOf(content).isEmpty()) {
      throw new OcigcException.Unusable(
          content.digest()
              + " has no name yet, and KraftKit gives names to its indexes only. Tag"
              + " one of the references that 'ocigc-ledger ls' lists.");
    }
    List<LedgerRoot> taken = view.rootsNamed(name);
    if (taken.stream().anyMatch(root -> root.content().id() == content.id())) {
      return new Report(name, content.digest());
    }
    if (!taken.isEmpty() && !move) {
      throw new OcigcException.Unusable(
          "'"
              + name
              + "' already names "
              + taken.get(0).content().digest()
              + ". Use --move to let it name "
              + content.digest()
              + " instead.");
    }
    List<RootKey> drop = new ArrayList<>();
    List<RootChange.Addition> add = new ArrayList<>();
    for (LedgerRoot root : view.rootsOf(content)) {
      if (!root.key().tagged()) {
        drop.add(root.key());
      }
    }
    add.add(
        new RootChange.Addition(
            name, content.digest(), MediaType.of(open, content), content.sizeBytes()));
    taken.forEach(old -> drop.add(old.key()));
    new NamesTaken(view, taken, List.of(content))
        .unreached()
        .forEach(old -> add.add(untagged(old)));
    new RootsRewrite(open).run(new RootChange(drop, add));
    open.ledger().record(List.of(new Event(Instant.now(), "tag", name, 0, 0)));
    return new Report(name, content.digest());
  }

  private RootChange.Addition untagged(LedgerRoot old) {
    if (!store.keepsUntaggedRoots()) {
      throw new OcigcException.Unusable(
          "'"
              + old.key()
              + "' is the last name of "
              + old.content().digest()
              + ", and a KraftKit store keeps nothing without a name. Delete it first: ocigc-ledger"
              + " delete "
              + old.key());
    }
    return NamesTaken.untagged(old);
  }
}
