package io.github.ocigc.kraft;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ocigc.fixture.Item;
import io.github.ocigc.fixture.KraftFixture;
import io.github.ocigc.fixture.Program;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two packages on one kernel: nginx under two names, and myapp for two platforms. */
final class KraftStoreTest {
  @TempDir Path folder;
  private KraftFixture store;
  private Program program;
  private Item kernel;
  private Item nginxIndex;

  @BeforeEach
  void makeStore() {
    store = new KraftFixture(folder.resolve("oci"));
    program = new Program(store.root());
    kernel = store.layer("kernel");
    Item nginx = store.manifest("nginx", kernel, store.layer("nginx initrd"));
    nginxIndex = store.index("unikraft.org/nginx:1.25", Map.of("qemu/x86_64", nginx));
    store.tag(nginxIndex, "unikraft.org/nginx:1.25");
    store.tag(nginxIndex, "unikraft.org/nginx:latest");
    Item initrd = store.layer("myapp initrd");
    Item qemu = store.manifest("myapp qemu", kernel, initrd);
    Item fc = store.manifest("myapp fc", kernel, initrd);
    store.tag(
        store.index("myapp:latest", Map.of("qemu/x86_64", qemu, "fc/x86_64", fc)), "myapp:latest");
  }

  @AfterEach
  void everyCountHasItsReasons() {
    program.assertCountsHold();
  }

  @Test
  void listsThreeNames() {
    assertThat(program.done("ls").findValuesAsText("reference"))
        .containsExactly("myapp:latest", "unikraft.org/nginx:1.25", "unikraft.org/nginx:latest");
  }

  @Test
  void oneOfTwoNamesGoesAndNothingElse() {
    int before = store.blobs().size();
    assertThat(program.done("delete", "nginx:1.25").path("freed_blobs").asInt()).isZero();
    assertThat(store.link("unikraft.org/nginx:1.25")).doesNotExist();
    assertThat(Files.isSymbolicLink(store.link("unikraft.org/nginx:latest"))).isTrue();
    assertThat(store.blobs()).hasSize(before);
  }

  @Test
  void theLastNameFreesAllButTheSharedKernel() {
    program.done("delete", "nginx:1.25");
    Program.Run run = program.json("delete", "nginx:latest");
    assertThat(run.freed()).hasSize(4).startsWith(nginxIndex.digest());
    assertThat(store.blobs()).contains(kernel.digest()).hasSize(7);
  }

  @Test
  void anEmptiedStoreKeepsOnlyKraftsOwnFolders() {
    program.done("delete", "nginx:1.25");
    program.done("delete", "nginx:latest");
    program.done("delete", "myapp:latest");
    assertThat(store.paths()).containsExactly("digests", "digests/sha256", "indexes");
    assertThat(program.done("check").path("findings")).isEmpty();
  }

  @Test
  void everythingAtOnceByPattern() {
    assertThat(program.done("delete", "*").path("freed_blobs").asInt()).isEqualTo(11);
    assertThat(store.paths()).containsExactly("digests", "digests/sha256", "indexes");
  }

  @Test
  void aNeighbourInTheSameFolderKeepsTheFolder() {
    program.done("delete", "unikraft.org/nginx:latest");
    assertThat(store.paths())
        .contains("indexes/unikraft.org/nginx", "indexes/unikraft.org/nginx/1.25");
  }

  @Test
  void aMovedStoreIsReadThroughItsStaleLinks() throws Exception {
    program.done("ls");
    Path moved = folder.resolve("elsewhere");
    Files.move(store.root(), moved);
    Program there = new Program(moved);
    assertThat(there.done("ls")).hasSize(3);
    assertThat(there.done("delete", "myapp").path("freed_blobs").asInt()).isEqualTo(6);
    assertThat(there.done("delete", "nginx:1.25", "nginx:latest").path("freed_blobs").asInt())
        .isEqualTo(5);
    there.assertCountsHold();
    Files.move(moved, store.root());
  }

  @Test
  void sizesInAnIndexAreNotBelieved() {
    long onDisk = store.blobs().stream().mapToLong(digest -> size(digest)).sum();
    assertThat(program.done("du").path("bytes").asLong()).isEqualTo(onDisk);
    assertThat(program.done("reconcile").path("findings")).isEmpty();
    assertThat(program.json("delete", "*").json().path("freed_bytes").asLong()).isEqualTo(onDisk);
  }

  private long size(String digest) {
    return store.root().resolve("digests").resolve(digest.replace(':', '/')).toFile().length();
  }

  @Test
  void onePlatformGoesAndTheIndexStaysAsItIs() throws Exception {
    byte[] before = Files.readAllBytes(store.link("myapp:latest"));
    assertThat(program.done("delete", "myapp", "--platform", "fc/x86_64").path("freed_blobs"))
        .hasToString("2");
    assertThat(store.link("myapp:latest")).hasBinaryContent(before);
    assertThat(program.done("delete", "myapp").path("freed_blobs").asInt()).isEqualTo(4);
    assertThat(Files.exists(store.link("myapp:latest"), LinkOption.NOFOLLOW_LINKS)).isFalse();
  }
}
