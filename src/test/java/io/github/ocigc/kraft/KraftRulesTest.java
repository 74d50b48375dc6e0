package io.github.ocigc.kraft;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.ocigc.fixture.Item;
import io.github.ocigc.fixture.KraftFixture;
import io.github.ocigc.fixture.LayoutFixture;
import io.github.ocigc.fixture.Program;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What kraft leaves on the disk, and what a reader and deleter makes of it. */
final class KraftRulesTest {
  @TempDir Path folder;
  private KraftFixture store;
  private Program program;

  @BeforeEach
  void makeStore() {
    store = new KraftFixture(folder.resolve("oci"));
    program = new Program(store.root());
  }

  @AfterEach
  void everyCountHasItsReasons() {
    program.assertCountsHold();
  }

  private Item index(String name, Item... layers) {
    return store.index(name, Map.of("qemu/x86_64", store.manifest(name, layers)));
  }

  private List<String> kinds(String command) {
    return program.json(command).json().path("findings").findValuesAsText("kind");
  }

  @Test
  void aDanglingLinkIsReportedAndCanBeDropped() throws Exception {
    Item index = index("app:v1", store.layer("kernel"));
    store.tag(index, "app:v1");
    Files.delete(store.file(index));
    assertThat(kinds("check")).contains("dangling_reference");
    assertThat(program.done("ls").findValuesAsText("reference")).containsExactly("app:v1");
    program.done("delete", "app:v1");
    assertThat(Files.exists(store.link("app:v1"), LinkOption.NOFOLLOW_LINKS)).isFalse();
    assertThat(store.blobs()).as("what the lost index held is a leftover").hasSize(3);
  }

  @Test
  void bytesThatDoNotHashToTheirNameAreAFindingOnly() throws Exception {
    Item kernel = store.layer("kernel");
    store.tag(index("app:v1", kernel), "app:v1");
    Files.writeString(store.file(kernel), "KERNEL");
    assertThat(program.json("check").exitCode()).isZero();
    Program.Run run = program.json("check", "--check-bytes");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.json().path("findings").findValuesAsText("kind")).contains("digest_mismatch");
    assertThat(store.file(kernel)).exists();
    assertThat(program.json("delete", "app:v1").freed()).contains(kernel.digest());
  }

  @Test
  void absentLayersAreCountedAndNoError() throws Exception {
    Item layer = store.layer("in the catalogue only");
    store.tag(index("app:v1", layer), "app:v1");
    Files.delete(store.file(layer));
    assertThat(program.json("check").exitCode()).isZero();
    assertThat(program.done("why", layer.digest()).path("state").asText()).isEqualTo("absent");
    assertThat(program.done("why", layer.digest()).path("ref_count").asInt()).isEqualTo(2);
    assertThat(program.done("delete", "app:v1").path("freed_blobs").asInt()).isEqualTo(3);
  }

  @Test
  void anAbsentLayerThatComesLaterIsHeldAndFreed() throws Exception {
    Item layer = store.layer("pulled later");
    store.tag(index("app:v1", layer), "app:v1");
    Files.delete(store.file(layer));
    program.done("ls");
    store.layer("pulled later");
    assertThat(program.done("why", layer.digest()).path("state").asText()).isEqualTo("present");
    assertThat(program.json("delete", "app:v1").freed()).contains(layer.digest());
  }

  @Test
  void aFileThatDiffIdsNameIsHeld() {
    Item raw = store.layer("uncompressed");
    store.tag(index("app:v1", store.layer("kernel")), "app:v1");
    Item config = named("other", raw);
    store.tag(config, "other:v1");
    assertThat(program.done("why", raw.digest()).path("holders").findValuesAsText("role"))
        .containsExactly("diff_id");
    assertThat(program.json("delete", "other:v1").freed()).contains(raw.digest());
  }

  /** A package whose config names a diff_id that its manifest does not have as a layer. */
  private Item named(String label, Item raw) {
    String config = "{\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[\"%s\"]}}";
    Item file = store.blob(LayoutFixture.CONFIG, bytes(config.formatted(raw.digest())));
    Item manifest =
        store.blob(
            LayoutFixture.MANIFEST,
            bytes(
                "{\"schemaVersion\":2,\"config\":%s,\"layers\":[],\"x\":\"%s\"}"
                    .formatted(file.descriptor(), label)));
    return store.index(label, Map.of("qemu/x86_64", manifest));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void aDiffIdsFileThatComesWithAnotherPackageIsHeldByBoth() throws Exception {
    Item raw = store.layer("uncompressed");
    Files.delete(store.file(raw));
    store.tag(named("first", raw), "first:v1");
    assertThat(program.done("ls")).hasSize(1);
    assertThat(program.done("du").path("absent").asInt()).as("not expected here").isZero();
    store.layer("uncompressed");
    store.tag(index("second:v1", raw), "second:v1");
    assertThat(program.json("delete", "second:v1").freed()).doesNotContain(raw.digest());
    assertThat(store.file(raw)).exists();
    assertThat(program.json("delete", "first:v1").freed()).contains(raw.digest());
    assertThat(store.blobs()).isEmpty();
  }

  @Test
  void edgesFollowAnIndexThatKraftEditsInPlace() throws Exception {
    Item kernel = store.layer("kernel");
    Item qemu = store.manifest("qemu", kernel);
    Item fc = store.manifest("fc", kernel, store.layer("initrd"));
    Item index = store.index("app:v1", Map.of("qemu/x86_64", qemu));
    store.tag(index, "app:v1");
    program.done("ls");
    Item edited = store.index("app:v1", Map.of("qemu/x86_64", qemu, "fc/x86_64", fc));
    Files.write(store.file(index), Files.readAllBytes(store.file(edited)));
    Files.delete(store.file(edited));
    assertThat(program.done("why", fc.digest()).path("roots").path(0).asText()).isEqualTo("app:v1");
    Files.write(
        store.file(index),
        Files.readString(store.file(index))
            .replace(qemu.digest(), fc.digest())
            .getBytes(StandardCharsets.UTF_8));
    JsonNode why = program.done("why", qemu.digest());
    assertThat(why.path("roots")).isEmpty();
    assertThat(store.file(qemu)).as("dropped by another tool, so kept").exists();
    assertThat(program.json("delete", "app:v1").freed())
        .contains(fc.digest(), kernel.digest())
        .doesNotContain(qemu.digest());
  }

  @Test
  void aRegularFileAmongTheLinksIsLeftAlone() throws Exception {
    store.tag(index("app:v1", store.layer("kernel")), "app:v1");
    Path stray = store.root().resolve("indexes/app/notes.txt");
    Files.writeString(stray, "mine");
    assertThat(kinds("check")).contains("stray_file");
    program.done("delete", "app:v1");
    assertThat(stray).hasContent("mine");
    assertThat(store.blobs()).isEmpty();
  }

  @Test
  void aManifestPulledByDigestLooksLikeLeftoversAndIsKeptByDeletes() {
    Item byDigest = store.manifest("by digest", store.layer("its own"));
    store.tag(index("app:v1", store.layer("kernel")), "app:v1");
    program.done("delete", "app:v1");
    assertThat(store.blobs()).hasSize(3).contains(byDigest.digest());
    assertThat(kinds("check")).containsExactly("orphan_blob", "orphan_blob", "orphan_blob");
  }

  @Test
  void anOldTruncatedManifestStopsDeletesOfOthersUntilItGoesItself() throws Exception {
    Item kernel = store.layer("kernel");
    Item manifest = store.manifest("broken", kernel);
    store.tag(store.index("broken:v1", Map.of("qemu/x86_64", manifest)), "broken:v1");
    store.tag(index("app:v1", kernel), "app:v1");
    byte[] whole = Files.readAllBytes(store.file(manifest));
    Files.write(store.file(manifest), java.util.Arrays.copyOf(whole, whole.length / 2));
    assertThat(kinds("check")).contains("unreadable_manifest");
    assertThat(program.json("delete", "app:v1").exitCode()).isEqualTo(4);
    assertThat(store.blobs()).hasSize(7);
    assertThat(program.json("delete", "broken:v1").exitCode()).isEqualTo(1);
    program.done("delete", "app:v1");
    assertThat(store.blobs()).contains(manifest.digest()).doesNotContain(kernel.digest());
  }
}
