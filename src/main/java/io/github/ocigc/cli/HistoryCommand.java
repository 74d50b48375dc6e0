package io.github.ocigc.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ocigc.engine.History;
import io.github.ocigc.engine.OpenStore;
import io.github.ocigc.ledger.Event;
import io.github.ocigc.oci.OcigcException;
import java.io.PrintStream;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

final class HistoryCommand extends Verb {
  private final Argument<Integer> limit = Argument.option(20, "N", "Default: 20.", "--limit");

  HistoryCommand(GlobalOptions program) {
    super(program);
  }

  @Override
  CommandSpec words() {
    return Words.of(
            this,
            "history",
            "Lists what was done to the store, newest first, and how much came back.")
        .take(limit)
        .examples("ocigc-ledger history", "ocigc-ledger history --limit 100");
  }

  @Override
  String what() {
    return "history";
  }

  @Override
  OpenStore.Access access() {
    return OpenStore.Access.READ;
  }

  @Override
  ExitCode run(OpenStore open, Terminal terminal) {
    if (limit.get() < 1) {
      throw new OcigcException.Unusable("--limit takes a positive number.");
    }
    List<Event> events = new History(open).run(limit.get());
    terminal.print(() -> json(events), out -> print(events, out));
    return ExitCode.DONE;
  }

  private static JsonNode json(List<Event> events) {
    ArrayNode array = Json.array();
    for (Event event : events) {
      ObjectNode node = array.addObject();
      node.put("at", event.at().toString());
      node.put("action", event.action());
      Json.putOrNull(node, "reference", event.reference());
      node.put("freed_blobs", event.freedBlobs());
      node.put("freed_bytes", event.freedBytes());
    }
    return array;
  }

  private static void print(List<Event> events, PrintStream out) {
    if (events.isEmpty()) {
      out.print("Nothing was done yet.\n");
      return;
    }
    Table table = new Table("WHEN", "ACTION", ">BLOBS", ">FREED", "REFERENCE");
    for (Event event : events) {
      table.row(
          event.at().toString(),
          event.action(),
          Long.toString(event.freedBlobs()),
          Plain.size(event.freedBytes()),
          event.reference());
    }
    table.print(out);
  }
}
