package io.github.ocigc.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ocigc.engine.OpenStore;
import io.github.ocigc.engine.Ways;
import io.github.ocigc.engine.Why;
import io.github.ocigc.ledger.Content;
import io.github.ocigc.ledger.LedgerRoot;
import io.github.ocigc.ledger.LedgerView;
import io.github.ocigc.ledger.Pushed;
import io.github.ocigc.oci.RootKey;
import picocli.CommandLine.Model.CommandSpec;

final class WhyCommand extends Verb {
  private static final int SHOWN = 20;

  /** Counting a hundred thousand references takes seconds, and they are not shown. */
  private static final int COUNTED = 1000;

  private final Argument<String> text =
      Argument.word(0, "", "DIGEST", "A digest, the beginning of one, or a name.");

  private final Argument<Boolean> all =
      Argument.flag("Show every reference, not just the first 20.", "--all");

  WhyCommand(GlobalOptions program) {
    super(program);
  }

  @Override
  CommandSpec words() {
    return Words.of(
            this, "why", "Says what keeps a content, from which references; or that nothing does.")
        .take(text, all)
        .examples("ocigc-ledger why sha256:4f7b1c", "ocigc-ledger why --all sha256:4f7b1c");
  }

  @Override
  String what() {
    return "why";
  }

  @Override
  OpenStore.Access access() {
    return OpenStore.Access.READ_ALL;
  }

  @Override
  ExitCode run(OpenStore open, Terminal terminal) {
    Why why = new Why(open);
    terminal.report(
        () -> json(why), () -> text(why.run(text.get(), all.get() ? Integer.MAX_VALUE : COUNTED)));
    return ExitCode.DONE;
  }

  private ObjectNode json(Why why) {
    Why.Report report = why.run(text.get());
    ObjectNode json = Json.object();
    json.put("digest", report.content().digest().toString());
    json.put("state", report.content().state().label());
    json.put("ref_count", report.content().refCount());
    json.put("size_bytes", report.content().sizeBytes());
    ArrayNode holders = json.putArray("holders");
    for (LedgerRoot root : report.tags()) {
      ObjectNode holder = holders.addObject();
      holder.put("kind", root.key().tagged() ? "tag" : "root");
      Json.putOrNull(holder, "name", root.key().name());
      holder.put("held_by_subject", root.weak());
    }
    for (LedgerView.Above above : why.holders(report.content())) {
      ObjectNode holder = holders.addObject();
      holder.put("kind", "edge");
      holder.put("role", above.role().label());
      holder.put("digest", above.holder().digest().toString());
    }
    for (String user : report.users()) {
      holders.addObject().put("kind", "lease").put("name", user);
    }
    json.set("pushed", ListCommand.pushed(report.pushed()));
    json.set("roots", Json.strings(report.ways().roots().stream().map(RootKey::toString).toList()));
    return json;
  }

  private String text(Why.Report report) {
    Content content = report.content();
    StringBuilder text = new StringBuilder();
    text.append(content.digest()).append("  ").append(Plain.size(content.sizeBytes()));
    text.append(", ").append(content.state().label()).append('\n');
    for (String user : report.users()) {
      text.append("In use by ").append(Plain.line(user)).append('\n');
    }
    for (Pushed pushed : report.pushed()) {
      text.append("Pushed to ").append(Plain.line(pushed.target()));
      text.append(", ").append(ListCommand.day(pushed.at().toString())).append('\n');
    }
    int keeping = report.ways().count();
    if (keeping == 0 && !report.users().isEmpty()) {
      return text.append("No reference keeps it.\n").toString();
    }
    if (keeping == 0) {
      text.append("Nothing keeps it. 'ocigc-ledger prune --orphans' removes such leftovers.\n");
      return text.toString();
    }
    String atLeast = report.ways().all() ? "" : "at least ";
    text.append("Held ").append(Plain.count(content.refCount(), "time")).append(", kept by ");
    text.append(atLeast).append(Plain.count(keeping, "reference")).append(":\n");
    int shown = all.get() ? keeping : Math.min(keeping, SHOWN);
    for (Ways.Way way : report.ways().first(shown)) {
      text.append("  ").append(Plain.line(way.root().key().toString()));
      for (Ways.Step step : way.steps()) {
        text.append(" > ").append(step.role()).append(' ');
        text.append(Plain.shortDigest(step.content().digest()));
      }
      text.append('\n');
    }
    if (shown < keeping) {
      text.append("  and ").append(atLeast).append(Plain.count(keeping - shown, "reference"));
      text.append(" more; --all shows them\n");
    }
    return text.toString();
  }
}
