package io.github.ocigc.verb;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.ocigc.fixture.Item;
import io.github.ocigc.fixture.LayoutFixture;
import io.github.ocigc.fixture.Program;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Where the space goes: the same numbers from every side, and those of the disk. */
final class SpaceTest {
  @TempDir Path folder;
  private LayoutFixture layout;
  private Program program;
  private Item base;
  private Item inner;

  @BeforeEach
  void makeLayout() {
    layout = new LayoutFixture(folder.resolve("store"));
    program = new Program(layout.root());
    base = layout.layer("base ".repeat(1000));
    inner = layout.layer("inner ".repeat(2000));
    layout.image("example.org:5000/app:1").layer(base).layer(inner).layers(1).tag();
    layout.image("example.org:5000/app:2").layer(base).layer(inner).layers(2).tag();
    Item other = layout.image("example.org/other:1").layer(base).layers(1).tag();
    layout.tag(other, "bare");
    layout.image("signature").subject(other).untagged();
    layout.layer("leftover");
    program.done("reconcile");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void theTotalIsThatOfTheDiskToTheBlock() throws Exception {
    Path blobs = layout.file(base.digest()).getParent();
    try (RandomAccessFile sparse =
        new RandomAccessFile(blobs.resolve("stray.tmp").toFile(), "rw")) {
      sparse.setLength(50_000_000); // no block of it is there
    }
    Files.createDirectories(blobs.resolve("folder/deeper"));
    Files.writeString(blobs.resolve("folder/deeper/file"), "of another tool");
    Files.createSymbolicLink(layout.root().resolve("link"), blobs);
    assertDuAgrees();
    program.done("delete", "example.org:5000/app:1");
    assertDuAgrees();
    layout.image("new:1").layer(base).layers(3).tag();
    assertDuAgrees();
    program.done("compact");
    assertDuAgrees();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void whatOthersLeaveAmongTheBlobsComesAndGoes() throws Exception {
    Path blobs = layout.file(base.digest()).getParent();
    Path odd = blobs.resolve("50% of a: file?");
    Files.writeString(odd, "x".repeat(10_000));
    Path noText = Path.of(URI.create(blobs.toUri() + "bytes%FF"));
    Files.writeString(noText, "named by a byte that is no text");
    assertDuAgrees();
    assertThat(strays())
        .containsExactly("blobs/sha256/50%25%20of%20a:%20file%3F", "blobs/sha256/bytes%FF");
    Files.writeString(layout.root().resolve("blobs/beside"), "x".repeat(10_000));
    assertDuAgrees();
    program.done("delete", "example.org:5000/app:1");
    assertDuAgrees();
    Files.delete(odd);
    assertDuAgrees();
    program.done("reconcile");
    assertDuAgrees();
    assertThat(strays()).containsExactly("blobs/sha256/bytes%FF");
    Files.delete(noText);
    Files.delete(layout.root().resolve("blobs/beside"));
    assertDuAgrees();
    assertThat(strays()).isEmpty();
  }

  private List<String> strays() {
    return program.sql("SELECT path FROM stray ORDER BY path").findValuesAsText("path");
  }

  /** A layer with a hole takes fewer blocks than its length. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void holesTakeNoBlocks() throws Exception {
    Item hollow = layout.layer("\0".repeat(1_000_000));
    Path file = layout.file(hollow.digest());
    Files.delete(file);
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(hollow.size());
    }
    layout.image("hollow:1").layer(hollow).tag();
    assertDuAgrees();
    JsonNode row =
        program
            .sql(
                "SELECT size_bytes, allocated_bytes FROM layer_usage WHERE digest = '%s'"
                    .formatted(hollow.digest()))
            .path(0);
    assertThat(row.path("size_bytes").asLong()).isEqualTo(1_000_000);
    assertThat(row.path("allocated_bytes").asLong()).isLessThan(1_000_000);
    assertThat(program.findings()).containsExactly("orphan_blob");
  }

  private void assertDuAgrees() throws IOException, InterruptedException {
    long ours = program.done("du").path("store_allocated_bytes").asLong();
    Process du = new ProcessBuilder("du", "-s", "-B1", layout.root().toString()).start();
    String said = new String(du.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(du.waitFor()).isZero();
    assertThat(ours).isEqualTo(Long.parseLong(said.substring(0, said.indexOf('\t'))));
  }

  @Test
  void everyAnswerHasTheSameNumbers() {
    JsonNode du = program.done("du");
    JsonNode store = program.sql("SELECT * FROM disk_usage").path(0);
    for (String column :
        List.of("blobs", "bytes", "allocated_bytes", "orphan_blobs", "orphan_bytes")) {
      assertThat(du.path(column)).as(column).isEqualTo(store.path(column));
    }
    assertThat(
            du.path("unique_bytes").asLong()
                + du.path("shared_bytes").asLong()
                + du.path("orphan_bytes").asLong())
        .isEqualTo(du.path("bytes").asLong());
    assertThat(
            du.path("unique_allocated_bytes").asLong()
                + du.path("shared_allocated_bytes").asLong()
                + du.path("orphan_allocated_bytes").asLong())
        .isEqualTo(du.path("allocated_bytes").asLong());
    assertThat(rows(du.path("references"), "reference", "digest", "size_bytes", "unique_bytes"))
        .containsExactlyInAnyOrderElementsOf(
            rows(
                program.sql("SELECT * FROM image_usage"),
                "name",
                "digest",
                "total_bytes",
                "unique_bytes"))
        .containsExactlyInAnyOrderElementsOf(
            rows(program.done("ls"), "reference", "digest", "size_bytes", "unique_bytes"));
  }

  private static List<String> rows(JsonNode rows, String... columns) {
    List<String> texts = new ArrayList<>();
    for (JsonNode row : rows) {
      StringBuilder text = new StringBuilder();
      for (String column : columns) {
        text.append(row.path(column)).append(' ');
      }
      texts.add(text.toString());
    }
    return texts;
  }

  @Test
  void contentsOfImagesAddUpToTheirTotals() {
    assertThat(
            rows(
                program.sql(
                    """
                    SELECT name, SUM(size_bytes) AS bytes, SUM(allocated_bytes) AS allocated
                    FROM image_content
                    GROUP BY name
                    """),
                "name",
                "bytes",
                "allocated"))
        .containsExactlyInAnyOrderElementsOf(
            rows(
                program.sql(
                    """
                    SELECT name, total_bytes, total_allocated_bytes
                    FROM image_usage
                    WHERE name IS NOT NULL
                    """),
                "name",
                "total_bytes",
                "total_allocated_bytes"));
  }

  @Test
  void aRepositorysOwnIsWhatDeletingAllOfItFrees() {
    for (JsonNode repository : program.sql("SELECT * FROM repository_usage")) {
      String name = repository.path("repository").asText();
      String[] images =
          switch (name) {
            case "example.org:5000/app" -> new String[] {name + ":1", name + ":2"};
            case "example.org/other" -> new String[] {name + ":1"};
            default -> new String[] {"bare"};
          };
      JsonNode together = together(images);
      assertThat(repository.path("unique_bytes")).as(name).isEqualTo(together.path("freed_bytes"));
    }
    assertThat(program.sql("SELECT repository FROM repository_usage")).hasSize(3);
  }

  private JsonNode together(String... names) {
    String[] command = new String[names.length + 1];
    command[0] = "du";
    System.arraycopy(names, 0, command, 1, names.length);
    return program.done(command).path("together");
  }

  /** The query of README: what would deleting several together give back? */
  @Test
  void deletingSeveralTogetherByQuery() {
    String query =
        """
        SELECT SUM(size_bytes) AS freed
        FROM (
          SELECT digest, size_bytes
          FROM image_content
          GROUP BY digest, size_bytes
          HAVING EVERY(COALESCE(name, '') IN (%s))) AS gone
        """;
    for (List<String> names :
        List.of(
            List.of("bare", "example.org/other:1"),
            List.of("example.org:5000/app:1"),
            List.of("example.org:5000/app:1", "example.org:5000/app:2"))) {
      String quoted = "'" + String.join("', '", names) + "'";
      assertThat(program.sql(query.formatted(quoted)).path(0).path("freed"))
          .isEqualTo(together(names.toArray(String[]::new)).path("freed_bytes"));
    }
  }

  @Test
  void layersWithTheirHoldersAndTheOnlyImage() {
    assertThat(
            rows(
                program.sql(
                    "SELECT * FROM layer_usage ORDER BY holders DESC, size_bytes DESC LIMIT 2"),
                "digest",
                "holders",
                "only_image"))
        .containsExactly("\"" + base.digest() + "\" 3 null ", "\"" + inner.digest() + "\" 2 null ");
    assertThat(program.sql("SELECT * FROM layer_usage WHERE only_image = 'example.org:5000/app:2'"))
        .hasSize(2);
  }

  @Test
  void oneImageWithTwoNames() {
    JsonNode same = program.sql("SELECT * FROM same_image");
    assertThat(same).hasSize(1);
    assertThat(same.path(0).path("name_list").asText()).isEqualTo("bare example.org/other:1");
  }

  @Test
  void eachChangeLeavesASampleOfWhatIsThereThen() {
    int before = program.sql("SELECT * FROM usage_sample").size();
    program.done("delete", "example.org:5000/app:1");
    program.done("ls");
    makeOld();
    program.done("prune", "--orphans");
    JsonNode samples = program.sql("SELECT * FROM usage_sample ORDER BY id DESC LIMIT 2");
    assertThat(program.sql("SELECT * FROM usage_sample")).hasSize(before + 2);
    assertThat(samples.path(0).path("action").asText()).isEqualTo("prune");
    JsonNode store = program.sql("SELECT blobs, bytes, allocated_bytes FROM disk_usage").path(0);
    for (String column : List.of("blobs", "bytes", "allocated_bytes")) {
      assertThat(samples.path(0).path(column)).as(column).isEqualTo(store.path(column));
    }
    assertThat(samples.path(1).path("bytes").asLong())
        .isEqualTo(store.path("bytes").asLong() + "leftover".length());
    List<String> kept = rows(program.sql("SELECT * FROM usage_sample"), "at", "action", "bytes");
    layout.layer("one more");
    program.done("reconcile");
    assertThat(rows(program.sql("SELECT * FROM usage_sample"), "at", "action", "bytes"))
        .containsAll(kept)
        .hasSizeGreaterThan(kept.size());
  }

  /** Its image had held it, and is so much smaller without. */
  @Test
  void aSignatureThatGoesAloneLeavesItsImageSmaller() {
    Item image = layout.image("signed:1").layers(1).tag();
    long alone = size("signed:1");
    String signature = image.digest().replace(':', '-') + ".sig";
    layout.image(signature).layers(1).tag();
    assertThat(size("signed:1")).isGreaterThan(alone);
    program.done("delete", signature);
    assertThat(size("signed:1")).isEqualTo(alone);
    assertThat(program.findings()).containsExactly("orphan_blob");
  }

  private long size(String reference) {
    return program.done("ls", reference).path(0).path("size_bytes").asLong();
  }

  private void makeOld() {
    for (String digest : layout.blobs()) {
      try {
        Files.setLastModifiedTime(
            layout.file(digest), FileTime.from(Instant.now().minus(Duration.ofDays(2))));
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }
  }

  @Test
  void barsAreOfWhatIsShown() {
    String text = program.text("du", "--top", "1").out();
    assertThat(text).contains("references more", "█", "░", "together");
    assertThat(program.done("du", "-n", "1").path("references")).hasSize(1);
  }
}
