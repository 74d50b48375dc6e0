package io.github.ocigc.completion;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ocigc.cli.Main;
import io.github.ocigc.fixture.Child;
import io.github.ocigc.fixture.Item;
import io.github.ocigc.fixture.KraftFixture;
import io.github.ocigc.fixture.LayoutFixture;
import io.github.ocigc.fixture.Program;
import io.github.ocigc.fixture.StoreFiles;
import io.github.ocigc.store.Steps;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the scripts are told of a store: at once, and without a word besides. */
class CandidatesTest {
  @TempDir Path folder;

  private List<String> ask(Map<String, String> environment, String... words) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    String[] all = new String[words.length + 1];
    all[0] = "__complete";
    System.arraycopy(words, 0, all, 1, words.length);
    int code =
        Main.run(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            environment,
            folder,
            true,
            Steps.NONE,
            all);
    assertThat(code).isZero();
    assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
    return out.toString(StandardCharsets.UTF_8).lines().toList();
  }

  private List<String> references(String beginning) {
    return ask(Map.of(), "reference", beginning, "store");
  }

  private List<String> contents(String beginning) {
    return ask(Map.of(), "content", beginning, "store");
  }

  private LayoutFixture store() {
    return new LayoutFixture(folder.resolve("store"));
  }

  private LayoutFixture store(String... names) {
    LayoutFixture store = store();
    Item image = store.image("image").layers(1).item();
    for (String name : names) {
      store.tag(image, name);
    }
    return store;
  }

  @Test
  void namesThatBeginSo() {
    store("app:v1", "app:v2", "base");
    assertThat(references("")).containsExactly("app:v1", "app:v2", "base");
    assertThat(references("app:")).containsExactly("app:v1", "app:v2");
    assertThat(references("x")).isEmpty();
  }

  @Test
  void elseShortFormsThatMeanOneName() {
    store("docker.io/library/nginx:1", "ghcr.io/me/nginx:2", "one/app:1", "two/app:1");
    assertThat(references("ngi")).containsExactly("nginx:1", "nginx:2");
    assertThat(references("me/")).containsExactly("me/nginx:2");
    Program program = new Program(folder.resolve("store"));
    assertThat(program.json("tree", "nginx:2").exitCode()).isZero();
    assertThat(references("ap"))
        .as("either name is meant, and only whole names say which")
        .containsExactly("one/app:1", "two/app:1");
    assertThat(references("ginx"))
        .containsExactly("docker.io/library/nginx:1", "ghcr.io/me/nginx:2");
  }

  @Test
  void digestsOfRootsWhereTheyAreBegunOrHaveNoName() {
    LayoutFixture store = store("app");
    Item untagged = store.image("untagged").layers(1).item();
    store.untagged(untagged);
    assertThat(references("")).containsExactly("app", untagged.digest());
    assertThat(references("sha")).hasSize(2).contains(untagged.digest());
    assertThat(references(untagged.digest().substring(0, 30))).containsExactly(untagged.digest());
  }

  @Test
  void noNameThatATerminalOrTheProgramWouldTakeForSomethingElse() {
    store("app", "line\nbreak", "red\u001b[31m", "gnp.\u202eexe", "-n", "--json");
    assertThat(references("")).containsExactly("app");
    assertThat(references("-")).as("typed behind --").containsExactly("--json", "-n");
  }

  @Test
  void namesOfAKraftKitStore() {
    KraftFixture store = new KraftFixture(folder.resolve("store"));
    Item app = store.manifest("app", store.layer("app"));
    store.tag(store.index("app:1", Map.of("qemu/x86_64", app)), "app:1");
    assertThat(references("a")).containsExactly("app:1");
  }

  @Test
  void digestsOfAnyContentWhereThereIsALedger() {
    LayoutFixture store = store("app");
    assertThat(contents("sha256:")).as("no ledger: the root").hasSize(1);
    assertThat(folder.resolve("store/.ocigc")).doesNotExist();
    new Program(store.root()).done("ls");
    assertThat(contents("sha256:")).containsExactlyElementsOf(store.blobs());
    assertThat(contents("")).hasSize(4).contains("app");
    String one = store.blobs().iterator().next();
    assertThat(contents(one.substring(0, 20))).containsExactly(one);
    assertThat(contents("nothing")).isEmpty();
  }

  @Test
  void ofManyDigestsSomeThatDifferWhereAllDo() {
    LayoutFixture store = store();
    store.tag(store.image("image").layers(400).item(), "image");
    new Program(store.root()).done("ls");
    List<String> some = contents("sha");
    assertThat(some).hasSizeBetween(100, 220);
    TreeSet<Character> next = new TreeSet<>();
    some.forEach(digest -> next.add(digest.charAt("sha256:".length())));
    assertThat(next).hasSizeGreaterThan(10);
  }

  @Test
  void nothingIsChangedAndNothingIsMade() {
    LayoutFixture store = store("app");
    Map<String, String> before = StoreFiles.everything(store.root());
    assertThat(references("")).containsExactly("app");
    assertThat(contents("")).contains("app");
    assertThat(StoreFiles.everything(store.root())).isEqualTo(before);

    new Program(store.root()).done("ls");
    store.tag(store.image("new").layers(1).item(), "new");
    Map<String, String> behind = StoreFiles.everything(store.root());
    assertThat(references("")).as("the ledger has not seen it yet").containsExactly("app", "new");
    assertThat(contents("sha256:")).hasSize(4);
    Map<String, String> after = StoreFiles.everything(store.root());
    behind.keySet().removeIf(file -> file.endsWith("lock")); // says who had it last
    after.keySet().removeIf(file -> file.endsWith("lock"));
    assertThat(after).isEqualTo(behind);
  }

  @Test
  void whileAnotherProcessHasTheStoreWhatTheRootsSay() {
    LayoutFixture store = store("app", "other");
    new Program(store.root()).done("ls");
    try (Child first = Child.waitingAt("released", store.root(), "delete", "other")) {
      first.awaitOut("at released");
      assertThat(references("")).containsExactly("app");
      assertThat(contents("sha256:")).hasSize(1);
      first.goOn();
      assertThat(first.exitCode()).isZero();
    }
  }

  @Test
  void whileAnotherProgramHasTheLedgerOpenWhatTheRootsSay() {
    LayoutFixture store = store("app");
    new Program(store.root()).done("ls");
    try (Child console = Child.holding(store.root().resolve(".ocigc/ledger"))) {
      console.awaitOut("open");
      assertThat(contents("")).contains("app").hasSize(2);
      console.goOn();
      assertThat(console.exitCode()).isZero();
    }
  }

  @Test
  void nothingWhereNothingCanBeKnown() throws IOException {
    assertThat(references("")).as("no such folder").isEmpty();
    LayoutFixture store = store("app");
    Files.writeString(store.root().resolve("index.json"), "{\"manifests\":[");
    assertThat(references("")).isEmpty();
    assertThat(contents("")).isEmpty();
    assertThat(ask(Map.of(), "reference")).isEmpty();
    assertThat(ask(Map.of(), "unheard-of", "", "store")).isEmpty();
    assertThat(ask(Map.of())).isEmpty();
  }

  @Test
  void digestsOfTheRootsWhereTheLedgerIsGarbage() throws IOException {
    LayoutFixture store = store("app");
    new Program(store.root()).done("ls");
    Path ledger = store.root().resolve(".ocigc/ledger.mv.db");
    Files.writeString(ledger, "garbage");
    assertThat(contents("")).contains("app").hasSize(2);
    assertThat(ledger).hasContent("garbage");
  }

  @Test
  void aStoreAsItIsTypedBeforeTheShellExpandsIt() {
    store("app");
    Map<String, String> home = Map.of("HOME", folder.toString(), "S", "store");
    for (String typed : List.of("~/store", "$HOME/store", "${HOME}/$S", "store", "./store/")) {
      assertThat(ask(home, "reference", "", typed)).as(typed).containsExactly("app");
    }
    for (String typed : List.of("$(echo store)", "`echo store`", "$UNKNOWN/store", "~user")) {
      assertThat(ask(home, "reference", "", typed)).as(typed).isEmpty();
    }
    LayoutFixture own = new LayoutFixture(folder.resolve("$S"));
    own.tag(own.image("own").layers(1).item(), "own");
    assertThat(ask(home, "reference", "", "$S")).as("a folder of that name").containsExactly("own");
    assertThat(ask(Map.of("OCIGC_STORE", "store"), "reference", "")).containsExactly("app");
  }
}
