package io.github.ocigc.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ocigc.engine.OpenStore;
import io.github.ocigc.engine.Tree;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

final class TreeCommand extends Verb {
  private final Argument<String> reference = Argument.word(0, "", "REF", "A name or digest.");

  TreeCommand(GlobalOptions program) {
    super(program);
  }

  @Override
  CommandSpec words() {
    return Words.of(
            this, "tree", "Shows the graph below a reference; shared parts carry their count.")
        .take(reference)
        .examples("ocigc-ledger tree nginx:latest", "ocigc-ledger tree sha256:4f7b1c");
  }

  @Override
  String what() {
    return "tree";
  }

  @Override
  OpenStore.Access access() {
    return OpenStore.Access.READ;
  }

  @Override
  ExitCode run(OpenStore open, Terminal terminal) {
    Tree.Node top = new Tree(open).run(reference.get());
    terminal.report(() -> json(top), () -> text(top));
    return ExitCode.DONE;
  }

  private static ObjectNode json(Tree.Node node) {
    ObjectNode json = Json.object();
    json.put("digest", node.content().digest().toString());
    json.put("role", node.role());
    Json.putOrNull(json, "media_type", node.mediaType());
    Json.putOrNull(json, "platform", node.platform());
    json.put("size_bytes", node.content().sizeBytes());
    json.put("ref_count", node.content().refCount());
    json.put("state", node.content().state().label());
    if (node.repeated()) {
      json.put("repeated", true);
    }
    ArrayNode children = json.putArray("children");
    node.children().forEach(child -> children.add(json(child)));
    return json;
  }

  private static String text(Tree.Node top) {
    StringBuilder text = new StringBuilder(line(top)).append('\n');
    children(top.children(), "", text);
    return text.toString();
  }

  private static void children(List<Tree.Node> children, String indent, StringBuilder text) {
    for (int i = 0; i < children.size(); i++) {
      boolean last = i == children.size() - 1;
      text.append(indent).append(last ? "└─ " : "├─ ").append(line(children.get(i))).append('\n');
      children(children.get(i).children(), indent + (last ? "   " : "│  "), text);
    }
  }

  private static String line(Tree.Node node) {
    StringBuilder line = new StringBuilder(node.role());
    line.append(' ').append(Plain.shortDigest(node.content().digest()));
    line.append("  ").append(Plain.size(node.content().sizeBytes()));
    if (!node.platform().isEmpty()) {
      line.append("  ").append(Plain.line(node.platform()));
    }
    if (!node.mediaType().isEmpty()) {
      line.append("  ").append(Plain.line(node.mediaType()));
    }
    if (node.content().refCount() > 1) {
      line.append("  held ").append(node.content().refCount()).append(" times");
    }
    switch (node.content().state()) {
      case ABSENT -> line.append("  not here");
      case CONDEMNED -> line.append("  condemned");
      case PRESENT -> {}
    }
    return line.append(node.repeated() ? "  (opened out above)" : "").toString();
  }
}
