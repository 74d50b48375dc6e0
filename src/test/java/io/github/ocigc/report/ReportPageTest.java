package io.github.ocigc.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.ocigc.fixture.Item;
import io.github.ocigc.fixture.LayoutFixture;
import io.github.ocigc.fixture.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is in the file that {@code report} writes. */
final class ReportPageTest {
  private static final Pattern DATA =
      Pattern.compile("<script type=\"application/json\" id=\"data\">(.*?)</script>");

  @TempDir Path folder;
  private Program program;
  private Path page;
  private Item base;

  @BeforeEach
  void makeStore() {
    LayoutFixture layout = new LayoutFixture(folder.resolve("store"));
    program = new Program(layout.root());
    page = folder.resolve("space.html");
    base = layout.layer("base ".repeat(1000));
    layout.image("a/b:1").layer(base).layers(1).tag();
    layout.image("</script><script>alert(1)</script>").layer(base).layers(1).tag();
    layout.layer("leftover");
    program.done("reconcile");
  }

  private JsonNode data() throws IOException {
    Matcher data = DATA.matcher(Files.readString(page));
    assertThat(data.find()).isTrue();
    return new ObjectMapper().readTree(data.group(1));
  }

  @Test
  void hasTheNumbersOfDu() throws IOException {
    assertThat(program.done("report", page.toString()).path("file").asText())
        .isEqualTo(page.toString());
    JsonNode du = program.done("du");
    JsonNode data = data();
    for (var field : data.path("usage").properties()) {
      if (!field.getKey().matches("(other|store)_.*")) { // the ledger may grow between commands
        assertThat(field.getValue()).as(field.getKey()).isEqualTo(du.path(field.getKey()));
      }
    }
    assertThat(data.path("references")).hasSameSizeAs(du.path("references"));
    long listed = 0;
    for (JsonNode blob : data.path("blobs")) {
      listed += blob.path(1).asLong();
    }
    assertThat(listed).isEqualTo(du.path("bytes").asLong());
    JsonNode shared = data.path("blobs").path(0);
    assertThat(shared.path(0).asText()).isEqualTo(base.digest());
    assertThat(shared.path(3).asText()).isEqualTo("shared");
    assertThat(shared.path(6)).hasSize(2);
  }

  @Test
  void nothingOfTheStoreIsMarkup() throws IOException {
    program.done("report", page.toString());
    assertThat(Files.readString(page))
        .doesNotContain("<script>alert")
        .contains("default-src 'none'");
    assertThat(data().path("references").toString()).contains("</script><script>alert(1)</script>");
  }

  @Test
  void commandsAreOneWordEach() throws IOException {
    program.done("report", page.toString());
    assertThat(data().path("free").toString())
        .contains("delete '</script><script>alert(1)</script>'", "prune --orphans");
  }

  @Test
  void replacesAReportAndNothingElseUnasked() throws IOException {
    program.done("report", page.toString());
    program.done("report", page.toString());
    Files.writeString(page, "my thesis");
    Program.Run refused = program.json("report", page.toString());
    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.error()).contains("--replace");
    assertThat(page).hasContent("my thesis");
    program.done("report", "--replace", page.toString());
    assertThat(program.json("report", folder.toString()).error()).contains("is a folder");
    assertThat(program.json("report", folder.resolve("no/such.html").toString()).error())
        .contains("is no folder");
    assertThat(folder.toFile().list()).containsExactlyInAnyOrder("store", "space.html");
  }
}
