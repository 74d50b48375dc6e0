package io.github.ocigc.kraft;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ocigc.fixture.Item;
import io.github.ocigc.fixture.KraftFixture;
import io.github.ocigc.fixture.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names are paths of links in a KraftKit store, and nothing stays there without one. */
final class KraftNamesTest {
  @TempDir Path folder;
  private KraftFixture store;
  private Program program;
  private Item index;

  @BeforeEach
  void makeStore() {
    store = new KraftFixture(folder.resolve("oci"));
    program = new Program(store.root());
    Item manifest = store.manifest("app", store.layer("kernel"));
    index = store.index("localhost:5000/app:v1", Map.of("qemu/x86_64", manifest));
    store.tag(index, "localhost:5000/app:v1");
  }

  @AfterEach
  void everyCountHasItsReasons() {
    program.assertCountsHold();
  }

  @Test
  void theIndexKnowsWhereThePortOfItsRegistryIs() {
    assertThat(program.done("ls").findValuesAsText("reference"))
        .containsExactly("localhost:5000/app:v1");
    assertThat(program.done("delete", "localhost:5000/app:v1").path("freed_blobs").asInt())
        .isEqualTo(4);
    assertThat(store.paths()).containsExactly("digests", "digests/sha256", "indexes");
  }

  @Test
  void aShortFormFindsIt() {
    assertThat(program.done("delete", "app:v1", "--dry-run").path("references").path(0).asText())
        .isEqualTo("localhost:5000/app:v1");
  }

  @Test
  void theLastNameIsNotUntagged() {
    Program.Run run = program.json("untag", "app:v1");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.json().path("error").path("message").asText()).contains("ocigc-ledger delete");
    assertThat(Files.isSymbolicLink(store.link("localhost:5000/app:v1"))).isTrue();
  }

  @Test
  void oneOfTwoNamesIsUntaggedAndItsFolderGoes() {
    program.done("tag", "app:v1", "other/app:v2");
    assertThat(Files.isSymbolicLink(store.link("other/app:v2"))).isTrue();
    assertThat(store.link("other/app:v2")).hasSameBinaryContentAs(store.file(index));
    program.done("untag", "other/app:v2");
    assertThat(store.paths()).doesNotContain("indexes/other");
    assertThat(store.blobs()).hasSize(4);
  }

  @Test
  void aTagThatIsTakenMovesOnlyOnRequestAndNeverTheLastName() {
    Item other = store.index("other:v1", Map.of("fc/x86_64", store.manifest("other")));
    store.tag(other, "other:v1");
    assertThat(program.json("tag", "app:v1", "other:v1").exitCode()).isEqualTo(2);
    assertThat(program.json("tag", "--move", "app:v1", "other:v1").exitCode()).isEqualTo(2);
    program.done("tag", "other:v1", "other:v2");
    program.done("tag", "--move", "app:v1", "other:v1");
    assertThat(program.done("why", index.digest()).path("ref_count").asInt()).isEqualTo(2);
    assertThat(program.done("why", other.digest()).path("ref_count").asInt()).isEqualTo(1);
  }

  @Test
  void aNameThatWouldLeaveTheStoreOrHasNoTagIsRefused() {
    assertThat(program.json("tag", "app:v1", "../../app:v1").exitCode()).isEqualTo(2);
    assertThat(program.json("tag", "app:v1", "app").exitCode()).isEqualTo(2);
    assertThat(program.json("tag", "app:v1", "localhost:5000/app:v1/deeper:x").exitCode())
        .isEqualTo(2);
    assertThat(program.json("tag", "app:v1", "localhost:5000").exitCode()).isEqualTo(2);
  }

  @Test
  void aManifestThatHasNoIndexOfItsOwnGetsNoName() {
    Item manifest = store.manifest("app", store.layer("kernel"));
    assertThat(program.json("tag", manifest.digest(), "new:v1").exitCode()).isEqualTo(2);
  }

  @Test
  void untaggedRootsDoNotExistSoReferrersCannotBeKept() {
    assertThat(program.json("delete", "app:v1", "--keep-referrers").exitCode()).isEqualTo(2);
    assertThat(store.blobs()).hasSize(4);
  }
}
