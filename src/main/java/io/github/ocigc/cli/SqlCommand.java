package io.github.ocigc.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ocigc.engine.OpenStore;
import io.github.ocigc.engine.Query;
import io.github.ocigc.ledger.LedgerView;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

final class SqlCommand extends Verb {
  private final Argument<String> query = Argument.word(0, "", "QUERY", "A SELECT.");

  SqlCommand(GlobalOptions program) {
    super(program);
  }

  @Override
  CommandSpec words() {
    return Words.of(this, "sql", "Asks the ledger one SQL query. Nothing can be changed with it.")
        .take(query)
        .remark(
            "What takes the space: disk_usage, image_usage, repository_usage, layer_usage; what"
                + " each image consists of: image_content; leftovers: orphan; one image, two names:"
                + " same_image; who holds what: holding; growth: usage_sample; what was done:"
                + " event. Tables: content, edge, tag.")
        .examples(
            "ocigc-ledger sql \"SELECT * FROM disk_usage\"",
            "ocigc-ledger sql \"SELECT * FROM layer_usage ORDER BY holders DESC LIMIT 5\"");
  }

  @Override
  String what() {
    return "sql";
  }

  @Override
  OpenStore.Access access() {
    return OpenStore.Access.READ;
  }

  @Override
  ExitCode run(OpenStore open, Terminal terminal) {
    LedgerView.Answer answer = new Query(open).run(query.get());
    terminal.print(() -> json(answer), out -> table(answer).print(out));
    return ExitCode.DONE;
  }

  private static JsonNode json(LedgerView.Answer answer) {
    ArrayNode array = Json.array();
    for (List<Optional<Object>> row : answer.rows()) {
      ObjectNode node = array.addObject();
      for (int i = 0; i < row.size(); i++) {
        put(node, answer.columns().get(i), row.get(i));
      }
    }
    return array;
  }

  private static void put(ObjectNode node, String column, Optional<Object> cell) {
    Object value = cell.orElse(null);
    if (value == null) {
      node.putNull(column);
    } else if (value instanceof Boolean b) {
      node.put(column, b);
    } else if (value instanceof Integer || value instanceof Long || value instanceof Short) {
      node.put(column, ((Number) value).longValue());
    } else if (value instanceof Number n) {
      node.put(column, new BigDecimal(n.toString()));
    } else {
      node.put(column, value.toString());
    }
  }

  private static Table table(LedgerView.Answer answer) {
    List<Boolean> numeric =
        java.util.stream.IntStream.range(0, answer.columns().size())
            .mapToObj(
                i ->
                    answer.rows().stream()
                        .allMatch(row -> row.get(i).map(Number.class::isInstance).orElse(true)))
            .toList();
    String[] headings = new String[answer.columns().size()];
    for (int i = 0; i < headings.length; i++) {
      headings[i] = (numeric.get(i) ? ">" : "") + answer.columns().get(i);
    }
    Table table = new Table(headings);
    for (List<Optional<Object>> row : answer.rows()) {
      table.row(
          row.stream().map(cell -> cell.map(Object::toString).orElse("-")).toArray(String[]::new));
    }
    return table;
  }
}
