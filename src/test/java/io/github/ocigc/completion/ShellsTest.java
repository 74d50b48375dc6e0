package io.github.ocigc.completion;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ocigc.cli.shell.Shell;
import io.github.ocigc.fixture.Item;
import io.github.ocigc.fixture.LayoutFixture;
import io.github.ocigc.fixture.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Lines that a person begins and has the shell complete, in the real shells. */
class ShellsTest {
  @TempDir Path folder;

  private LayoutFixture store() {
    LayoutFixture store = new LayoutFixture(folder.resolve("my store"));
    Item image = store.image("image").layers(1).item();
    for (String name :
        List.of(
            "docker.io/library/nginx:1.25",
            "docker.io/library/nginx:latest",
            "registry.example:5000/app@v1",
            "$(touch pwned)",
            "`touch pwned`",
            "a b",
            "x;touch pwned",
            "say \"$HOME\"!now",
            "it's",
            "line\nbreak")) {
      store.tag(image, name);
    }
    return store;
  }

  @ParameterizedTest
  @EnumSource(Shell.class)
  void namesOfTheStoreAreCompletedQuotedAndNeverRun(Shell shell) throws Exception {
    store();
    TypedShell person = new TypedShell(shell, folder);
    assertThat(
            person.type(
                List.of(
                    "show --store my\t delete '$(\tx",
                    "cd my\\ store",
                    "show delete '`to\tx",
                    "show delete a\t x",
                    "show delete \"a \tx",
                    "show untag -q x\t x",
                    "show tree say\t x",
                    "show tree \"it\tx",
                    "show push docker.io/library/nginx:l\tx",
                    "show tag registry.example:5\tx",
                    "show export docker\t1\tindex.js\tx",
                    "show du nginx:l\t\"it's\" docker\t1\tx")))
        .containsExactly(
            List.of(
                "--store",
                shell == Shell.zsh ? "my store" : "my store/",
                "delete",
                "$(touch pwned)",
                "x"),
            List.of("delete", "`touch pwned`", "x"),
            List.of("delete", "a b", "x"),
            List.of("delete", "a b", "x"),
            List.of("untag", "-q", "x;touch pwned", "x"),
            List.of("tree", "say \"$HOME\"!now", "x"),
            List.of("tree", "it's", "x"),
            List.of("push", "docker.io/library/nginx:latest", "x"),
            List.of("tag", "registry.example:5000/app@v1", "x"),
            List.of("export", "docker.io/library/nginx:1.25", "index.json", "x"),
            List.of("du", "nginx:latest", "it's", "docker.io/library/nginx:1.25", "x"));
    assertThat(folder.resolve("pwned")).doesNotExist();
    assertThat(folder.resolve("my store/pwned")).doesNotExist();
    assertThat(folder.resolve("my store/.ocigc")).doesNotExist();
  }

  @ParameterizedTest
  @EnumSource(Shell.class)
  void theStoreIsTheOneThatTheLineNames(Shell shell) throws Exception {
    store();
    Path link = folder.resolve("st");
    Files.createSymbolicLink(link, folder.resolve("my store"));
    TypedShell person = new TypedShell(shell, folder);
    assertThat(
            person.type(
                List.of(
                    "show delete it\tx",
                    "show --store st delete it\t x",
                    "show --store=st delete it\t x",
                    "show delete it\t --store st",
                    "show --store 'my store' delete it\t x",
                    "show --store ~/st delete it\t x",
                    "show --store \"$HOME/st\" delete it\t x",
                    shell == Shell.fish ? "set -x OCIGC_STORE st" : "export OCIGC_STORE=st",
                    "show delete it\t x",
                    "show --wait 3 -q delete it\t x")))
        .containsExactly(
            List.of("delete", "itx"),
            List.of("--store", "st", "delete", "it's", "x"),
            List.of("--store=st", "delete", "it's", "x"),
            List.of("delete", "it", "--store", "st"),
            List.of("--store", "my store", "delete", "it's", "x"),
            List.of("--store", link.toString(), "delete", "it's", "x"),
            List.of("--store", link.toString(), "delete", "it's", "x"),
            List.of("delete", "it's", "x"),
            List.of("--wait", "3", "-q", "delete", "it's", "x"));
  }

  /** Those of the help, with their other names; all but help itself. */
  private List<String> commands() {
    String help = new Program(folder).text("--help").out();
    List<String> names =
        help.substring(help.indexOf("Commands:"))
            .lines()
            .takeWhile(line -> !line.isEmpty())
            .filter(line -> line.matches("  [a-z].*"))
            .flatMap(line -> Stream.of(line.strip().split("  +")[0].split(", ")))
            .filter(name -> !name.equals("help"))
            .toList();
    assertThat(names).contains("ls", "list", "delete", "rm", "completion");
    return names;
  }

  @ParameterizedTest
  @EnumSource(Shell.class)
  void everyCommandAndItsOptionsAreCompletedWithoutAStore(Shell shell) throws Exception {
    List<String> lines = new ArrayList<>();
    List<List<String>> wanted = new ArrayList<>();
    for (String command : commands()) {
      lines.add("show --json " + command + " --vers\tx");
      wanted.add(List.of("--json", command, "--version", "x"));
    }
    lines.add("show del\t--dry\t--keep\t--platform linux/arm6\tx");
    wanted.add(
        List.of("delete", "--dry-run", "--keep-referrers", "--platform", "linux/arm64", "x"));
    lines.add("show compl\tzs\tx");
    wanted.add(List.of("completion", "zsh", "x"));
    lines.add("show help expo\tx");
    wanted.add(List.of("help", "export", "x"));
    lines.add("show pull --platform=linux/ri\tx");
    wanted.add(List.of("pull", "--platform=linux/riscv64", "x"));
    lines.add("show pull --ca-file scripts/_oci\tx");
    wanted.add(List.of("pull", "--ca-file", "scripts/_ocigc-ledger", "x"));
    lines.add("show import scripts/_oci\tx");
    wanted.add(List.of("import", "scripts/_ocigc-ledger", "x"));
    assertThat(new TypedShell(shell, folder).type(lines)).containsExactlyElementsOf(wanted);
  }

  @Test
  void digestsAreCompletedFromTheLedgerInEachShell() throws Exception {
    LayoutFixture store = store();
    String layer = store.layer("only this").digest();
    store.tag(store.image("other").layers(1).item(), "other");
    new Program(store.root()).done("reconcile");
    for (Shell shell : Shell.values()) {
      assertThat(
              new TypedShell(shell, folder)
                  .type(List.of("show --store 'my store' why " + layer.substring(0, 20) + "\tx")))
          .as(shell.name())
          .containsExactly(List.of("--store", "my store", "why", layer, "x"));
    }
  }

  @Test
  void bashListsWhatThereIs() throws Exception {
    store();
    TypedShell bash = new TypedShell(Shell.bash, folder);
    String call = "source '%s'; %s _ocigc_ledger; printf '%%s\\n' \"${COMPREPLY[@]}\"";
    String words =
        "COMP_WORDS=(ocigc-ledger --store 'my\\ store' %s); COMP_CWORD=$((${#COMP_WORDS[@]} - 1));";
    assertThat(bash.run(call.formatted(bash.script(), words.formatted("delete ''"))))
        .containsExactly(
            "\\$\\(touch\\ pwned\\)",
            "\\`touch\\ pwned\\`",
            "a\\ b",
            "docker.io/library/nginx:1.25",
            "docker.io/library/nginx:latest",
            "it\\'s",
            "registry.example:5000/app@v1",
            "say\\ \\\"\\$HOME\\\"\\!now",
            "x\\;touch\\ pwned");
    assertThat(bash.run(call.formatted(bash.script(), words.formatted("untag --"))))
        .containsExactly(
            "--help", "--version", "--store", "--json", "--quiet", "--wait", "--max-manifest");
    String cut =
        "COMP_LINE='ocigc-ledger --store my\\ store tree docker.io/library/nginx:'; "
            + "COMP_POINT=${#COMP_LINE}; COMP_WORDBREAKS=$' \\t\\n\"\\'@><=;|&(:';";
    assertThat(bash.run(call.formatted(bash.script(), cut))).containsExactly("1.25", "latest");
    String live =
        "COMP_LINE='ocigc-ledger --store my\\ store tree \"$(touch'; COMP_POINT=${#COMP_LINE};";
    assertThat(bash.run(call.formatted(bash.script(), live))).containsExactly("");
  }

  @Test
  void fishListsWhatThereIs() throws Exception {
    store();
    TypedShell fish = new TypedShell(Shell.fish, folder);
    String call = "source '%s'; complete -C '%s'";
    assertThat(fish.run(call.formatted(fish.script(), "ocigc-ledger del")))
        .containsExactly("delete\tDrops references and frees what nothing else uses");
    assertThat(fish.run(call.formatted(fish.script(), "ocigc-ledger --store st rm --pl")))
        .containsExactly("--platform\tOnly this platform of an index");
    assertThat(fish.run(call.formatted(fish.script(), "ocigc-ledger --store \"my store\" rm ")))
        .containsExactlyInAnyOrder(
            "$(touch pwned)",
            "`touch pwned`",
            "a b",
            "docker.io/library/nginx:1.25",
            "docker.io/library/nginx:latest",
            "it's",
            "registry.example:5000/app@v1",
            "say \"$HOME\"!now",
            "x;touch pwned");
  }

  @Test
  void zshLoadsItFromItsFolderOfFunctionsToo() throws Exception {
    TypedShell zsh = new TypedShell(Shell.zsh, folder);
    assertThat(
            zsh.run(
                "fpath=('"
                    + folder.resolve("scripts")
                    + "' $fpath); autoload -Uz compinit; compinit -u -D;"
                    + " print $_comps[ocigc-ledger]; autoload +X _ocigc-ledger && print loaded"))
        .containsExactly("_ocigc-ledger", "loaded");
    assertThat(zsh.run("source '" + zsh.script() + "'"))
        .singleElement()
        .asString()
        .contains("call compinit before");
  }
}
