package io.github.ocigc.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ocigc.engine.Listing;
import io.github.ocigc.engine.OpenStore;
import io.github.ocigc.ledger.Pushed;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

final class ListCommand extends Verb {
  /** Where digits stand. */
  private static final String MINUTE = "0000-00-00T00:00";

  private final Argument<List<String>> patterns =
      Argument.words("GLOB", "0..*", "Names, short names or patterns.");

  ListCommand(GlobalOptions program) {
    super(program);
  }

  @Override
  CommandSpec words() {
    return Words.of(
            this,
            "ls",
            "Lists references: digest, kind, size, what a delete would free, when made.")
        .alias("list")
        .take(patterns)
        .remark(
            "UNIQUE is what deleting that reference alone would free; 0 for a referrer, which goes"
                + " with its subject.")
        .examples("ocigc-ledger ls", "ocigc-ledger ls 'docker.io/library/*'");
  }

  @Override
  String what() {
    return "ls";
  }

  @Override
  OpenStore.Access access() {
    return OpenStore.Access.READ;
  }

  @Override
  Optional<ExitCode> glance(Terminal terminal) {
    return Listing.glance(program().folder(), what(), program().options(terminal), patterns.get())
        .map(lines -> print(lines, terminal));
  }

  @Override
  ExitCode run(OpenStore open, Terminal terminal) {
    return print(new Listing(open).run(patterns.get()), terminal);
  }

  private static ExitCode print(List<Listing.Line> lines, Terminal terminal) {
    terminal.print(() -> json(lines), out -> print(lines, out));
    return ExitCode.DONE;
  }

  private static JsonNode json(List<Listing.Line> lines) {
    ArrayNode array = Json.array();
    for (Listing.Line line : lines) {
      ObjectNode node = array.addObject();
      Json.putOrNull(node, "reference", line.name());
      node.put("digest", line.digest().toString());
      Json.putOrNull(node, "media_type", line.mediaType());
      node.put("size_bytes", line.sizeBytes());
      node.put("unique_bytes", line.uniqueBytes());
      Json.putOrNull(node, "created", line.created());
      node.put("held_by_subject", line.weak());
      node.set("pushed", pushed(line.pushed()));
    }
    return array;
  }

  static ArrayNode pushed(List<Pushed> places) {
    ArrayNode array = Json.array();
    for (Pushed place : places) {
      array.addObject().put("target", place.target()).put("at", place.at().toString());
    }
    return array;
  }

  private static void print(List<Listing.Line> lines, PrintStream out) {
    if (lines.isEmpty()) {
      out.print("No references.\n");
      return;
    }
    Table table = new Table("REFERENCE", "DIGEST", "KIND", ">SIZE", ">UNIQUE", "CREATED");
    for (Listing.Line line : lines) {
      table.row(
          line.name().isEmpty() ? "<untagged>" : line.name(),
          Plain.shortDigest(line.digest()),
          line.weak() ? "referrer" : kind(line.mediaType()),
          Plain.size(line.sizeBytes()),
          Plain.size(line.uniqueBytes()),
          day(line.created()));
    }
    table.print(out);
  }

  /** Date and time to the minute, where the text is a date; what an image says may be anything. */
  static String day(String created) {
    return isMinute(created) ? created.substring(0, 16).replace('T', ' ') : created;
  }

  /** By hand: a regular expression costs each process some milliseconds. */
  private static boolean isMinute(String created) {
    if (created.length() < MINUTE.length()) {
      return false;
    }
    for (int i = 0; i < MINUTE.length(); i++) {
      char is = created.charAt(i);
      char wanted = MINUTE.charAt(i);
      if (wanted == '0' ? is < '0' || is > '9' : is != wanted) {
        return false;
      }
    }
    return true;
  }

  private static String kind(String mediaType) {
    return switch (mediaType) {
      case "application/vnd.oci.image.index.v1+json",
          "application/vnd.docker.distribution.manifest.list.v2+json" ->
          "index";
      case "application/vnd.oci.image.manifest.v1+json",
          "application/vnd.docker.distribution.manifest.v2+json" ->
          "image";
      default -> mediaType;
    };
  }
}
