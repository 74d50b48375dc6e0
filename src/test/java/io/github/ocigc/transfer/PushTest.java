package io.github.ocigc.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.ocigc.fixture.AtRest;
import io.github.ocigc.fixture.FakeRegistry;
import io.github.ocigc.fixture.Item;
import io.github.ocigc.fixture.LayoutFixture;
import io.github.ocigc.fixture.Program;
import io.github.ocigc.fixture.Program.Run;
import io.github.ocigc.fixture.StoreFiles;
import io.github.ocigc.oci.Digest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A push from a layout that another tool wrote. */
final class PushTest {
  @TempDir Path folder;
  private final FakeRegistry registry = FakeRegistry.start();
  private LayoutFixture store;
  private Program program;
  private Item app;
  private Map<String, String> before = Map.of();

  @BeforeEach
  void buildAnImage() {
    store = new LayoutFixture(folder.resolve("store"));
    program = new Program(store.root());
    app = store.image("app").layers(2).tag();
    before = StoreFiles.everything(store.root());
  }

  @AfterEach
  void nothingIsLeftAndNoFileHasChanged() {
    registry.close();
    AtRest.assertNothingLeft(store.root());
    assertThat(StoreFiles.everything(store.root())).isEqualTo(before);
  }

  private String at(String place) {
    return registry.name() + "/" + place;
  }

  private byte[] manifest(String repository, String reference) {
    return registry.content().findManifest(repository, reference).orElseThrow().bytes();
  }

  private boolean hasBlob(String repository, Item blob) {
    return registry
        .content()
        .findBlob(repository, Digest.parse(blob.digest()).orElseThrow())
        .isPresent();
  }

  private void changed() {
    before = StoreFiles.everything(store.root());
  }

  @Test
  void aPushSendsEveryBlobAndTheManifestByteByByte() throws Exception {
    JsonNode report = program.done("push", "app", at("team/app:v1"));

    assertThat(report.path("reference").asText()).isEqualTo("app");
    assertThat(report.path("target").asText()).isEqualTo(at("team/app:v1"));
    assertThat(report.path("digest").asText()).isEqualTo(app.digest());
    assertThat(report.path("uploaded_blobs").asInt()).isEqualTo(4);
    assertThat(report.path("existing_blobs").asInt()).isZero();
    assertThat(report.path("mounted_blobs").asInt()).isZero();
    assertThat(manifest("team/app", "v1")).isEqualTo(Files.readAllBytes(store.file(app)));
    assertThat(registry.content().uploads().open()).isZero();
    long bytes = 0;
    for (String digest : store.blobs()) {
      bytes += Files.size(store.file(digest));
    }
    assertThat(report.path("uploaded_bytes").asLong()).isEqualTo(bytes);
  }

  @Test
  void whatWasPushedWhereIsInTheLedger() {
    program.done("push", "app", at("team/app:v1"));

    assertThat(program.sql("SELECT digest, registry, repository, tag FROM pushed"))
        .singleElement()
        .isEqualTo(LayoutRow.of(app.digest(), registry.name(), "team/app", "v1"));
    JsonNode event = program.done("history").get(0);
    assertThat(event.path("action").asText()).isEqualTo("push");
    assertThat(event.path("reference").asText()).isEqualTo(at("team/app:v1"));
  }

  private record LayoutRow() {
    static JsonNode of(String digest, String registry, String repository, String tag) {
      return new com.fasterxml.jackson.databind.ObjectMapper()
          .createObjectNode()
          .put("digest", digest)
          .put("registry", registry)
          .put("repository", repository)
          .put("tag", tag);
    }
  }

  @Test
  void whereAnImageWasPushedIsShownByLsAndWhy() {
    program.done("push", "app", at("team/elsewhere:v1"));

    assertThat(program.json("why", app.digest()).out()).contains("team/elsewhere");
    assertThat(program.json("ls").out()).contains("team/elsewhere");
  }

  @Test
  void aSecondPushFindsEverythingThere() {
    program.done("push", "app", at("team/app:v1"));

    JsonNode again = program.done("push", "app", at("team/app:v1"));

    assertThat(again.path("existing_blobs").asInt()).isEqualTo(4);
    assertThat(again.path("uploaded_blobs").asInt()).isZero();
    assertThat(again.path("uploaded_bytes").asInt()).isZero();
    assertThat(program.sql("SELECT digest FROM pushed")).hasSize(1);
  }

  @Test
  void anotherRepositoryOfTheSameRegistryMountsTheBlobs() {
    program.done("push", "app", at("team/app:v1"));

    JsonNode report = program.done("push", "app", at("team/copy:v1"));

    assertThat(report.path("mounted_blobs").asInt()).isEqualTo(3);
    assertThat(report.path("uploaded_blobs").asInt()).as("the manifest").isEqualTo(1);
    assertThat(manifest("team/copy", "v1")).isEqualTo(manifest("team/app", "v1"));
  }

  @Test
  void aRegistryThatMountsNothingGetsTheBytes() {
    program.done("push", "app", at("team/app:v1"));
    registry.content().withoutMounts();

    JsonNode report = program.done("push", "app", at("team/copy:v1"));

    assertThat(report.path("mounted_blobs").asInt()).isZero();
    assertThat(report.path("uploaded_blobs").asInt()).isEqualTo(4);
    assertThat(registry.content().uploads().open()).as("uploads left open").isZero();
  }

  @Test
  void anImageThatNamesItsRegistryIsPushedThere() {
    program.done("tag", "app", at("team/named:v2"));
    changed();

    JsonNode report = program.done("push", at("team/named:v2"));

    assertThat(report.path("target").asText()).isEqualTo(at("team/named:v2"));
    assertThat(registry.content().findManifest("team/named", "v2")).isPresent();
  }

  @Test
  void anIndexIsPushedAfterItsChildren() throws Exception {
    Item other = store.image("other").layers(1).item();
    Item index = store.index(app, store.index(other));
    store.tag(index, "multi");
    changed();

    program.done("push", "multi", at("team/multi:v1"));

    assertThat(manifest("team/multi", "v1")).isEqualTo(Files.readAllBytes(store.file(index)));
    assertThat(manifest("team/multi", other.digest()))
        .isEqualTo(Files.readAllBytes(store.file(other)));
    List<String> puts =
        registry.requests("PUT /v2/team/multi/manifests/").stream().map(r -> r.path()).toList();
    assertThat(puts).hasSize(4);
    assertThat(puts.get(3)).endsWith("/v1");
    assertThat(program.sql("SELECT digest FROM pushed WHERE tag IS NULL")).hasSize(3);
  }

  @Test
  void aSparseIndexIsRefusedUnlessTheRegistryHasTheRest() {
    Item other = store.image("other").layers(1).item();
    store.tag(store.index(app, other), "multi");
    byte[] manifest = bytes(other);
    store.remove(other);
    changed();

    Run run = program.json("push", "multi", at("team/multi:v1"));

    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.error()).contains(other.digest());
    assertThat(registry.content().findManifest("team/multi", "v1")).isEmpty();
    AtRest.assertNothingLeft(store.root());
    registry.content().addManifest("team/multi", other.digest(), other.mediaType(), manifest);
    program.done("push", "multi", at("team/multi:v1"));
    assertThat(registry.content().findManifest("team/multi", "v1")).isPresent();
  }

  private byte[] bytes(Item item) {
    try {
      return Files.readAllBytes(store.file(item));
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void referrersGoAlongWhenAskedFor() {
    Item signature = store.image("signature").layers(1).subject(app).untagged();
    store.tag(store.image("sig").layers(1).item(), app.digest().replace(':', '-') + ".sig");
    changed();

    program.done("push", "app", at("team/without:v1"));
    assertThat(registry.content().findManifest("team/without", signature.digest())).isEmpty();
    program.done("push", "--referrers", "app", at("team/app:v1"));

    assertThat(manifest("team/app", signature.digest())).isEqualTo(bytes(signature));
    assertThat(registry.content().findManifest("team/app", signature.digest()))
        .hasValueSatisfying(put -> assertThat(put.mediaType()).isEqualTo(signature.mediaType()));
    String fallback = app.digest().replace(':', '-');
    assertThat(new String(manifest("team/app", fallback))).contains(signature.digest());
    assertThat(registry.content().findManifest("team/app", fallback + ".sig")).isPresent();
    assertThat(hasBlob("team/app", app)).isFalse();
  }
}
