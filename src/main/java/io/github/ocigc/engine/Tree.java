package io.github.ocigc.engine;

import io.github.ocigc.ledger.Content;
import io.github.ocigc.ledger.LedgerView;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The graph below a reference. Each content is opened out once; after that it is only named. */
public final class Tree {
  private static final int MAX_DEPTH = 500;

  private final OpenStore open;
  private final Set<Long> opened = new HashSet<>();

  public Tree(OpenStore open) {
    this.open = open;
  }

  /**
   * A content where it stands in the tree.
   *
   * @param role what its holder uses it for; {@code root} at the top
   * @param repeated true where it has been opened out before, so that no children are shown
   */
  public record Node(
      String role,
      String mediaType,
      String platform,
      Content content,
      List<Node> children,
      boolean repeated) {}

  /** Below one name or digest. */
  public Node run(String text) {
    LedgerView view = open.ledger().view();
    Content top = new References(view).content(text);
    String mediaType = view.rootsOf(top).stream().map(r -> r.mediaType()).findFirst().orElse("");
    return node(view, "root", mediaType, "", top, 0);
  }

  private Node node(
      LedgerView view, String role, String mediaType, String platform, Content content, int depth) {
    if (depth > MAX_DEPTH || !opened.add(content.id())) {
      boolean leaf = view.below(List.of(content.id())).isEmpty();
      return new Node(role, mediaType, platform, content, List.of(), !leaf);
    }
    List<Node> children = new ArrayList<>();
    for (LedgerView.Below below : view.below(List.of(content.id()))) {
      children.add(
          node(
              view,
              below.role().label(),
              below.mediaType(),
              below.platform(),
              below.content(),
              depth + 1));
    }
    return new Node(role, mediaType, platform, content, List.copyOf(children), false);
  }
}
