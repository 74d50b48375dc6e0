package io.github.ocigc.damage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ocigc.fixture.Item;
import io.github.ocigc.fixture.KraftFixture;
import io.github.ocigc.fixture.LayoutFixture;
import io.github.ocigc.fixture.Program;
import io.github.ocigc.fixture.Rest;
import io.github.ocigc.fixture.StoreFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A root that names no digest we know: it may hold anything, so nothing is deleted. */
class BadRootDigestTest {
  private static final String A = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "sha256:",
        "sha256:abc",
        "sha256:AA" + A + "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "blake3:" + A + A,
        "SHA256:" + A + A,
        "sha256:" + A + A + "a",
        "sha512:" + A + A,
        "sha256:../../../../../../etc/passwd",
        "../../outside",
        "sha256:" + A + A + "\n"
      })
  void inIndexJson(String digest) throws IOException {
    LayoutFixture store = new LayoutFixture(folder.resolve("store"));
    store.image("app").layers(2).tag();
    Item other = store.image("other").layers(1).tag();
    new Program(store.root()).done("ls");
    Path indexJson = store.root().resolve("index.json");
    String good = Files.readString(indexJson);
    ObjectNode index = (ObjectNode) JSON.readTree(good);
    ((ObjectNode) index.path("manifests").get(1)).put("digest", digest);
    StoreFiles.overwrite(indexJson, index.toString());

    Untouched program = new Untouched(store.root());
    assertThat(program.refuses(4, "delete", "app")).contains("index.json").contains("digest");
    program.refuses(4, "delete", "app", "--dry-run");
    program.refuses(4, "prune", "--orphans", "--older-than", "0s");
    assertThat(program.leavesAlone("check").exitCode()).isEqualTo(1);
    assertThat(program.leavesAlone("reconcile").exitCode()).isEqualTo(1);
    program.refuses(4, "delete", "app");
    assertThat(program.leavesAlone("ls").out()).contains("app");
    assertThat(store.file(other)).exists();

    StoreFiles.overwrite(indexJson, good);
    assertThat(new Program(store.root()).done("delete", "app").path("freed_blobs").asInt())
        .isEqualTo(4);
    Rest.assertSound(store.root());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/etc/passwd", "nowhere", "../../../digests/sha256/abc", "/", ".."})
  void inAKraftKitLink(String target) throws IOException {
    KraftFixture store = new KraftFixture(folder.resolve("store"));
    Item app = store.manifest("app", store.layer("app"));
    store.tag(store.index("app:1", Map.of("qemu/x86_64", app)), "app:1");
    Files.createSymbolicLink(store.root().resolve("indexes/bad"), Path.of(target));

    Untouched program = new Untouched(store.root());
    assertThat(program.refuses(4, "delete", "app:1")).contains("indexes/bad").contains(target);
    program.refuses(4, "prune", "--orphans", "--older-than", "0s");
    assertThat(program.leavesAlone("check").exitCode()).isEqualTo(1);

    Files.delete(store.root().resolve("indexes/bad"));
    assertThat(new Program(store.root()).done("delete", "app:1").path("freed_blobs").asInt())
        .isEqualTo(4);
    Rest.assertSound(store.root());
  }
}
