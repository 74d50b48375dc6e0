package io.github.ocigc.engine;

import io.github.ocigc.ledger.Content;
import io.github.ocigc.ledger.Ledger;
import io.github.ocigc.ledger.StoreState;
import io.github.ocigc.oci.OcigcException;
import io.github.ocigc.store.Refusals;
import io.github.ocigc.store.Steps;
import io.github.ocigc.store.Store;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Unlinks what is condemned and forgets it. Whatever cannot be unlinked stays condemned, is
 * reported, and is tried again by the next command.
 */
final class Sweep {
  private final Store store;
  private final Ledger ledger;
  private final OwnChanges changes;
  private final Steps steps;

  Sweep(Store store, Ledger ledger, OwnChanges changes, Steps steps) {
    this.store = store;
    this.ledger = ledger;
    this.changes = changes;
    this.steps = steps;
  }

  /** A file that could not be removed. */
  record Failure(Content content, String reason) {}

  record Result(List<Content> freed, List<Failure> failed) {}

  /**
   * {@code condemned} come from the ledger, durably condemned, holders before what they held. What
   * another tool has named again meanwhile is left.
   */
  Result run(Collection<Content> condemned) {
    if (condemned.isEmpty()) {
      return new Result(List.of(), List.of());
    }
    changes.begin();
    new CatchUp(store, ledger, changes).run(CatchUp.Look.EVERYTHING);
    Set<Long> still = ledger.condemnedIds();
    return unlink(condemned.stream().filter(c -> still.contains(c.id())).toList());
  }

  private Result unlink(List<Content> condemned) {
    List<Content> gone = new ArrayList<>();
    List<Content> freed = new ArrayList<>();
    List<Failure> failed = new ArrayList<>();
    Set<String> algorithms = new HashSet<>();
    for (Content content : condemned) {
      try {
        OptionalLong bytes = store.blobs().unlink(content.digest());
        gone.add(content);
        if (bytes.isPresent()) {
          freed.add(content);
          algorithms.add(content.digest().algorithm());
        }
        steps.reached("unlinked");
      } catch (IOException e) {
        failed.add(new Failure(content, Refusals.reason(e)));
      }
    }
    if (!gone.isEmpty()) {
      store.blobs().sync(algorithms);
      steps.reached("unlinks-durable");
      ledger.forget(gone);
      steps.reached("forgotten");
    }
    return new Result(List.copyOf(freed), List.copyOf(failed));
  }

  /** Finishes what a dead command left; files that resist are worth a note, no more. */
  void finish(Notices notices) {
    Map<Content, Instant> left = ledger.condemned();
    if (left.isEmpty()) {
      return;
    }
    forgetReplaced(left, notices);
    Result result = run(ledger.condemned().keySet());
    if (!result.freed().isEmpty()) {
      notices.note(
          "Finished a delete that had been interrupted: removed "
              + result.freed().size()
              + " blobs.");
    }
    for (Failure failure : result.failed()) {
      notices.note(
          "Still to be removed: " + failure.content().digest() + " (" + failure.reason() + ")");
    }
  }

  /**
   * A file that was written after its content was condemned is another tool's, which may be about
   * to name it: what was condemned is gone, and this is looked at like all that comes.
   */
  private void forgetReplaced(Map<Content, Instant> condemned, Notices notices) {
    List<Content> replaced = new ArrayList<>();
    condemned.forEach(
        (content, since) ->
            store
                .blobs()
                .stat(content.digest())
                .filter(file -> file.modified().isAfter(since))
                .ifPresent(file -> replaced.add(content)));
    if (!replaced.isEmpty()) {
      StoreState state = ledger.state().orElseThrow();
      ledger.setState(state.seen(state.rootsFingerprint(), "")); // has the folders listed
      changes.othersCame();
      ledger.forget(replaced);
      notices.note(
          "Left "
              + replaced.size()
              + " blobs of an interrupted delete that another tool has written anew.");
    }
  }

  static OcigcException.Damaged notAFile(Store store, Content content) {
    return new OcigcException.Damaged(
        store.paths().show(store.paths().blob(content.digest()))
            + " is not a regular file but a link, folder or device, so nothing was removed. Look at"
            + " what it is; move it away or put the blob back, and try again.");
  }
}
