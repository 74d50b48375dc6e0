package io.github.ocigc.engine;

import io.github.ocigc.ledger.Content;
import io.github.ocigc.ledger.LedgerRoot;
import io.github.ocigc.ledger.LedgerView;
import io.github.ocigc.ledger.Pushed;
import java.util.List;

/** Why a content is still here: what holds it, and from which roots. */
public final class Why {
  private final OpenStore open;

  public Why(OpenStore open) {
    this.open = open;
  }

  /**
   * The reasons.
   *
   * @param tags roots that name it
   * @param pushed where it was pushed, as a manifest or index
   * @param users transfers under way that hold it, or something above it
   * @param ways from the roots that keep it; none if nothing does. They are read from the ledger,
   *     so only while the store is open. All of them, or as many as were enough
   */
  public record Report(
      Content content, List<LedgerRoot> tags, List<Pushed> pushed, List<String> users, Ways ways) {}

  /** For one digest, the beginning of one, or a reference's name: all of them. */
  public Report run(String text) {
    return run(text, Integer.MAX_VALUE);
  }

  /**
   * The same for who looks at the first few.
   *
   * @param enough of how many roots it is enough to know: where there are more, at least half as
   *     many are found, and what is asked costs what they cost
   */
  public Report run(String text, int enough) {
    LedgerView view = open.ledger().view();
    Content content = new References(view).content(text);
    boolean transfers = !open.ledger().leases().isEmpty(); // one may hold whatever is above
    Ways ways = new Ways(view, content, transfers ? Integer.MAX_VALUE : enough);
    return new Report(
        content,
        view.rootsOf(content),
        view.pushed(List.of(content.digest())),
        view.leaseOwners(ways.contents()),
        ways);
  }

  /** What holds a content. */
  public List<LedgerView.Above> holders(Content content) {
    return open.ledger().view().above(content);
  }
}
