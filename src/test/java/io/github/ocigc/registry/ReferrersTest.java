package io.github.ocigc.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.ocigc.fixture.FakeRegistry;
import io.github.ocigc.oci.Descriptor;
import io.github.ocigc.oci.Digest;
import io.github.ocigc.oci.OcigcException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ReferrersTest {
  private static final String OCI = "application/vnd.oci.image.manifest.v1+json";
  private static final Digest SUBJECT = FakeRegistry.digest(new byte[] {1});
  private static final String TAG = "sha256-" + SUBJECT.encoded();

  private final FakeRegistry registry = FakeRegistry.start();
  private final Repository repository =
      new Registries(Quick.options()).repository(registry.name(), "app");

  @AfterEach
  void close() {
    registry.close();
  }

  private static Digest number(int n) {
    return FakeRegistry.digest(new byte[] {2, (byte) n});
  }

  private static String descriptor(int n) {
    return "{\"mediaType\":\"" + OCI + "\",\"digest\":\"" + number(n) + "\",\"size\":" + n + "}";
  }

  private static byte[] signature(String more) {
    return ("{\"mediaType\":\"%s\",\"config\":{\"mediaType\":\"application/x.config\"},"
            + "\"subject\":{\"digest\":\"%s\"}%s}")
        .formatted(OCI, SUBJECT, more)
        .getBytes(StandardCharsets.UTF_8);
  }

  private JsonNode fallback() throws IOException {
    return new ObjectMapper()
        .readTree(registry.content().findManifest("app", TAG).orElseThrow().bytes());
  }

  @Test
  void everyPageIsRead() {
    registry.content().withReferrers(3);
    List<String> all = IntStream.range(0, 8).mapToObj(ReferrersTest::descriptor).toList();
    registry.content().addReferrers("app", SUBJECT, all);
    assertThat(repository.referrers(SUBJECT))
        .extracting(Descriptor::digest)
        .containsExactlyElementsOf(IntStream.range(0, 8).mapToObj(ReferrersTest::number).toList());
    assertThat(registry.requests("GET /v2/app/referrers/")).hasSize(3);
  }

  @Test
  void withoutTheApiTheFallbackTagIsRead() {
    String index = "{\"manifests\":[" + descriptor(5) + "]}";
    registry
        .content()
        .addManifest("app", TAG, ReferrersIndex.MEDIA_TYPE, index.getBytes(StandardCharsets.UTF_8));
    assertThat(repository.referrers(SUBJECT)).containsExactly(new Descriptor(OCI, number(5), 5));
  }

  @Test
  void withoutEitherThereAreNone() {
    assertThat(repository.referrers(SUBJECT)).isEmpty();
  }

  @Test
  void aTagOfThatNameThatIsNoIndexIsSaid() {
    registry.content().addManifest("app", TAG, OCI, "{}".getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(() -> repository.referrers(SUBJECT))
        .isInstanceOf(OcigcException.RegistryFailed.class)
        .hasMessageContaining(TAG);
  }

  @Test
  void whereTheRegistryKeepsTrackNoTagIsMade() {
    registry.content().withReferrers(10);
    repository.putManifest("sig", OCI, signature(""));
    assertThat(registry.content().findManifest("app", TAG)).isEmpty();
  }

  @Test
  void elseTheFallbackTagListsTheReferrerWithItsTypeAndAnnotations() throws IOException {
    byte[] bytes =
        signature(",\"artifactType\":\"application/x.sig\",\"annotations\":{\"a\":\"b\"}");
    Digest digest = FakeRegistry.digest(bytes);
    repository.putManifest(digest.toString(), OCI, bytes);
    JsonNode entry = fallback().path("manifests").path(0);
    assertThat(fallback().path("mediaType").asText()).isEqualTo(ReferrersIndex.MEDIA_TYPE);
    assertThat(fallback().path("schemaVersion").asInt()).isEqualTo(2);
    assertThat(entry.path("digest").asText()).isEqualTo(digest.toString());
    assertThat(entry.path("mediaType").asText()).isEqualTo(OCI);
    assertThat(entry.path("size").asInt()).isEqualTo(bytes.length);
    assertThat(entry.path("artifactType").asText()).isEqualTo("application/x.sig");
    assertThat(entry.path("annotations").path("a").asText()).isEqualTo("b");
    assertThat(repository.referrers(SUBJECT)).extracting(Descriptor::digest).contains(digest);
  }

  @Test
  void theConfigsTypeStandsInForTheArtifacts() throws IOException {
    repository.putManifest("sig", OCI, signature(""));
    assertThat(fallback().path("manifests").path(0).path("artifactType").asText())
        .isEqualTo("application/x.config");
  }

  @Test
  void whatTheFallbackTagHasIsKeptAndNothingIsThereTwice() throws IOException {
    String index = "{\"annotations\":{\"kept\":\"yes\"},\"manifests\":[" + descriptor(5) + "]}";
    registry
        .content()
        .addManifest("app", TAG, ReferrersIndex.MEDIA_TYPE, index.getBytes(StandardCharsets.UTF_8));
    repository.putManifest("sig", OCI, signature(""));
    repository.putManifest("sig", OCI, signature(""));
    repository.putManifest("other", OCI, signature(",\"artifactType\":\"application/y\""));
    assertThat(fallback().path("manifests")).hasSize(3);
    assertThat(fallback().path("manifests").path(0).path("digest").asText())
        .isEqualTo(number(5).toString());
    assertThat(fallback().path("annotations").path("kept").asText()).isEqualTo("yes");
  }

  @Test
  void aLinkToTheNextPageIsFoundAmongOthers() {
    assertThat(LinkHeader.next("</a?x=1,2>; rel=\"prev\", </b>; title=\"x, y\"; rel=next"))
        .contains("/b");
    assertThat(LinkHeader.next("</b>; rel=\"last next\"")).contains("/b");
    assertThat(LinkHeader.next("</b>; rel=\"nextish\"")).isEmpty();
    assertThat(LinkHeader.next("")).isEmpty();
  }
}
