package io.github.ocigc.damage;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ocigc.fixture.Item;
import io.github.ocigc.fixture.KraftFixture;
import io.github.ocigc.fixture.LayoutFixture;
import io.github.ocigc.fixture.Program;
import io.github.ocigc.fixture.Rest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names are not paths and not terminal codes, whoever wrote them. */
class StrangeNamesTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../../etc/passwd",
        "/etc/passwd",
        "a/../b",
        "..",
        " ",
        "two words",
        "line\nbreak",
        "colour \u001b[31mred",
        "bell\u0007",
        "null\u0000byte",
        "right-to-left \u202egnp.exe",
        "quote'quote",
        "semi;colon--comment",
        "percent%s%n",
        "*",
        "[x]",
        "{a,b}",
        "-n",
        "--json",
        "ümläut",
        "😀"
      })
  void aNameInTheStoreIsListedOnOneLineAndCanBeDeleted(String name) {
    LayoutFixture store = new LayoutFixture(folder);
    store.tag(store.image("strange").layers(1).item(), name);
    store.image("plain").layers(1).tag();
    Program program = new Program(folder);

    Program.Run list = program.text("ls");
    assertThat(list.out()).doesNotContain("\u001b", "\u0007", "\u0000", "\u202e");
    assertThat(list.out().lines()).hasSize(3);
    assertThat(program.done("ls").findValuesAsText("reference")).contains(name, "plain");

    assertThat(program.done("delete", "--", name).path("freed_blobs").asInt()).isEqualTo(3);
    assertThat(program.done("ls").findValuesAsText("reference")).containsExactly("plain");
    assertThat(program.text("history").out()).doesNotContain("\u001b", "\u0007", "\u202e");
    Rest.assertSound(folder);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../app",
        "/app",
        "a/../b",
        "..",
        ".",
        "",
        " ",
        "a b",
        "a\nb",
        "a\u001b[31m",
        "a//b",
        "-a"
      })
  void aNameThatWouldBeStrangeIsNotGiven(String name) {
    LayoutFixture store = new LayoutFixture(folder.resolve("layout"));
    store.image("app").layers(1).tag();
    assertThat(new Untouched(store.root()).refuses(2, "tag", "--", "app", name))
        .contains("cannot be a name")
        .doesNotContain("\u001b");

    KraftFixture kraft = kraft();
    assertThat(new Untouched(kraft.root()).refuses(2, "tag", "--", "app:1", name))
        .doesNotContain("\u001b");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../app:1", "/app:1", "app:1/../../x:1", "..:1", "app:..", "app:1/x:2"})
  void aKraftKitNameStaysBelowTheFolderOfLinks(String name) {
    new Untouched(kraft().root()).refuses(2, "tag", "app:1", name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"../app", "/etc/passwd", "a\u001b]0;x", "a\nb", "sha256:../../x", "x@y"})
  void aStrangeNameOnTheCommandLineNamesNothing(String name) {
    LayoutFixture store = new LayoutFixture(folder);
    store.image("app").layers(1).tag();
    int code = name.startsWith("sha256:") ? 2 : 3;
    assertThat(new Untouched(folder).refuses(code, "delete", name)).doesNotContain("\u001b");
  }

  @Test
  void aKraftKitLinkWithAnEscapeInItsNameCanBeDeleted() throws IOException {
    KraftFixture store = kraft();
    Item other = store.manifest("other", store.layer("other"));
    Item index = store.index("other:1", Map.of("qemu/x86_64", other));
    Files.createDirectories(store.root().resolve("indexes/a b"));
    Files.createSymbolicLink(store.root().resolve("indexes/a b/c\u001b[31m"), store.file(index));
    Program program = new Program(store.root());
    assertThat(program.text("ls").out()).doesNotContain("\u001b");
    assertThat(program.done("delete", "a b:c\u001b[31m").path("freed_blobs").asInt()).isEqualTo(4);
    assertThat(store.root().resolve("indexes/a b")).doesNotExist();
    Rest.assertSound(store.root());
  }

  private KraftFixture kraft() {
    KraftFixture store = new KraftFixture(folder.resolve("kraft"));
    Item app = store.manifest("app", store.layer("app"));
    return store.tag(store.index("app:1", Map.of("qemu/x86_64", app)), "app:1");
  }
}
