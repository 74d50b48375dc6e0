package io.github.ocigc.random;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.ocigc.fixture.Program;
import io.github.ocigc.fixture.Trees;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every command that speaks of a reference's size says the same, and a delete keeps the word. */
final class SizesAgreeTest {
  private static final int GRAPHS = 12;

  /** Names of which what the view lists does not add up to what the ledger keeps. */
  private static final String ADDED_UP =
      """
      SELECT kept.name, kept.total_bytes, listed.bytes, kept.total_allocated_bytes, listed.allocated
      FROM tag AS kept
      LEFT JOIN (
        SELECT name, SUM(size_bytes) AS bytes, SUM(allocated_bytes) AS allocated
        FROM image_content
        GROUP BY name) AS listed ON listed.name = kept.name
      WHERE NOT kept.weak
        AND kept.name IN (SELECT name FROM tag GROUP BY name HAVING COUNT(*) = 1)
        AND (kept.total_bytes IS DISTINCT FROM listed.bytes
          OR kept.total_allocated_bytes IS DISTINCT FROM listed.allocated)
      """;

  /** How many roots reach each content. */
  private static final String KEPT =
      """
      SELECT content.digest, COUNT(listed.digest) AS roots
      FROM content
      LEFT JOIN image_content AS listed ON listed.digest = content.digest
      GROUP BY content.digest
      """;

  @TempDir Path folder;

  @Test
  void uniqueIsWhatADeleteOfThatReferenceAloneWouldFree() {
    Seeds.forEach(GRAPHS, this::trial);
  }

  private void trial(long seed, boolean thorough) throws Exception {
    Path root = Files.createDirectories(folder.resolve("g" + seed)).resolve("store");
    new RandomLayout(root, new Random(seed)).fill();
    Program program = new Program(root);
    JsonNode list = program.done("ls");
    for (JsonNode line : list) {
      if (!line.path("held_by_subject").asBoolean()) {
        String digest = line.path("digest").asText();
        String name = line.path("reference").asText();
        boolean tagged = !line.path("reference").isNull();
        if (!tagged && isReferrer(program, digest)) {
          continue; // deleting a referrer by its digest also lets its subject go of it
        }
        String reference = tagged ? name + "@" + digest : digest;
        assertThat(program.done("delete", "--dry-run", reference).path("freed_bytes"))
            .as(reference + " in\n" + Sketch.of(root))
            .isEqualTo(line.path("unique_bytes"));
      }
    }
    Set<String> said = lines(list, "reference", "size_bytes");
    assertThat(lines(program.done("du").path("references"), "reference", "size_bytes"))
        .isEqualTo(said);
    assertThat(lines(program.sql("SELECT * FROM image_usage"), "name", "total_bytes"))
        .as("the view image_usage in\n" + Sketch.of(root))
        .isEqualTo(said);
    assertThat(program.sql(ADDED_UP)).as("image_content in\n" + Sketch.of(root)).isEmpty();
    for (JsonNode kept : program.sql(KEPT)) {
      String digest = kept.path("digest").asText();
      assertThat(program.done("why", digest).path("roots"))
          .as("why " + digest + " in\n" + Sketch.of(root))
          .hasSize(kept.path("roots").asInt());
    }
    Trees.remove(folder.resolve("g" + seed));
  }

  private static boolean isReferrer(Program program, String digest) {
    return program
        .done("why", digest)
        .path("holders")
        .findValuesAsText("role")
        .contains("referrer");
  }

  private static Set<String> lines(JsonNode references, String name, String size) {
    Set<String> lines = new TreeSet<>();
    for (JsonNode line : references) {
      lines.add(
          line.path(name)
              + " "
              + line.path("digest")
              + " "
              + line.path(size)
              + " "
              + line.path("unique_bytes"));
    }
    return lines;
  }
}
