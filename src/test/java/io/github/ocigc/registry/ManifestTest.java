package io.github.ocigc.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ocigc.fixture.FakeRegistry;
import io.github.ocigc.fixture.RegistryFaults.Fault;
import io.github.ocigc.oci.Descriptor;
import io.github.ocigc.oci.Digest;
import io.github.ocigc.oci.OcigcException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ManifestTest {
  private static final String OCI = "application/vnd.oci.image.manifest.v1+json";
  private static final byte[] BYTES =
      ("{\"schemaVersion\":2,\"mediaType\":\"" + OCI + "\"}").getBytes(StandardCharsets.UTF_8);

  private final FakeRegistry registry = FakeRegistry.start();
  private final Digest digest = registry.content().addManifest("app", "v1", OCI, BYTES);
  private final Repository repository =
      new Registries(Quick.options()).repository(registry.name(), "app");

  @AfterEach
  void close() {
    registry.close();
  }

  @Test
  void aManifestComesByTagAndByDigestByteForByte() {
    for (String name : new String[] {"v1", digest.toString()}) {
      Manifest manifest = repository.manifest(name);
      assertThat(manifest.bytes()).isEqualTo(BYTES);
      assertThat(manifest.digest()).isEqualTo(digest);
      assertThat(manifest.mediaType()).isEqualTo(OCI);
      assertThat(manifest.descriptor()).isEqualTo(new Descriptor(OCI, digest, BYTES.length));
    }
  }

  @Test
  void everyKindOfManifestIsAccepted() {
    repository.manifest("v1");
    assertThat(registry.requests("GET /v2/app/manifests/v1").get(0).header("Accept").orElseThrow())
        .contains(OCI, "image.index.v1+json", "manifest.v2+json", "manifest.list.v2+json", "*/*");
  }

  @Test
  void whatIsNotThereIsNotFoundOrEmpty() {
    assertThatThrownBy(() -> repository.manifest("v2"))
        .isInstanceOf(OcigcException.NotFound.class)
        .hasMessageContaining("v2")
        .hasMessageContaining(registry.name() + "/app")
        .hasMessageContaining("Check the name");
    assertThat(repository.findManifest("v2")).isEmpty();
    assertThat(repository.headManifest("v2")).isEmpty();
  }

  @Test
  void bytesThatAreNotThoseOfTheDigestAreDamage() {
    registry.manifestFaults().next(new Fault.Corrupt());
    registry.content().withoutDigests();
    assertThatThrownBy(() -> repository.manifest(digest.toString()))
        .isInstanceOf(OcigcException.Damaged.class)
        .hasMessageContaining(digest.toString());
  }

  @Test
  void bytesThatAreNotThoseTheRegistryNamesAreDamage() {
    registry.manifestFaults().next(new Fault.Corrupt());
    assertThatThrownBy(() -> repository.manifest("v1"))
        .isInstanceOf(OcigcException.Damaged.class)
        .hasMessageContaining("digest is");
  }

  @Test
  void sha512IsCheckedBySha512() throws Exception {
    String hex = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-512").digest(BYTES));
    registry.content().addManifest("app", "sha512:" + hex, OCI, BYTES);
    assertThat(repository.manifest("sha512:" + hex).digest()).hasToString("sha512:" + hex);
    String wrong = "sha512:" + "0".repeat(128);
    registry.content().addManifest("app", wrong, OCI, BYTES);
    assertThatThrownBy(() -> repository.manifest(wrong)).isInstanceOf(OcigcException.Damaged.class);
  }

  @Test
  void theMediaTypeHasNoParametersAndIsTakenFromTheBytesIfNeedBe() {
    registry.content().addManifest("app", "a", OCI + "; charset=utf-8", BYTES);
    registry.content().addManifest("app", "b", "application/json", BYTES);
    assertThat(repository.manifest("a").mediaType()).isEqualTo(OCI);
    assertThat(repository.manifest("b").mediaType()).isEqualTo(OCI);
  }

  @Test
  void schemaOneIsRefusedWithAWayOut() {
    String type = "application/vnd.docker.distribution.manifest.v1+prettyjws";
    registry.content().addManifest("app", "old", type, BYTES);
    assertThatThrownBy(() -> repository.manifest("old"))
        .isInstanceOf(OcigcException.RegistryFailed.class)
        .hasMessageContaining("schema 1")
        .hasMessageContaining("skopeo copy");
  }

  @Test
  void aManifestWithoutEndIsNotReadToItsEnd() {
    registry.content().addManifest("app", "huge", OCI, new byte[5 * 1024 * 1024]);
    assertThatThrownBy(() -> repository.manifest("huge"))
        .isInstanceOf(OcigcException.RegistryFailed.class)
        .hasMessageContaining("4194304");
  }

  @Test
  void aHeadTellsTheDescriptor() {
    assertThat(repository.headManifest("v1")).contains(new Descriptor(OCI, digest, BYTES.length));
    assertThat(registry.requests("GET /v2/app")).isEmpty();
  }

  @Test
  void aRegistryWithoutHeadOrDigestsIsAskedForTheWhole() {
    registry.content().withoutDigests();
    assertThat(repository.headManifest("v1")).map(Descriptor::digest).contains(digest);
    registry.content().withoutHead();
    assertThat(repository.headManifest("v1")).map(Descriptor::digest).contains(digest);
    Digest blob = registry.content().addBlob("app", new byte[] {1, 2});
    assertThat(repository.hasBlob(blob)).isTrue();
    assertThat(repository.hasBlob(digest)).isFalse();
  }

  @Test
  void aManifestIsPushedAsItIs() {
    repository.putManifest("new", OCI, BYTES);
    assertThat(registry.content().findManifest("app", "new").orElseThrow().bytes())
        .isEqualTo(BYTES);
    assertThat(registry.content().findManifest("app", "new").orElseThrow().mediaType())
        .isEqualTo(OCI);
  }

  @Test
  void aManifestIsNotPushedUnderADigestOfOtherBytes() {
    assertThatThrownBy(() -> repository.putManifest("sha256:" + "0".repeat(64), OCI, BYTES))
        .isInstanceOf(OcigcException.Damaged.class);
    assertThat(registry.requests("PUT")).isEmpty();
  }

  @Test
  void whatIsNeitherTagNorDigestIsNeverSent() {
    for (String name : new String[] {"", "../x", "a b", "sha256:12", "a\u001b[31m"}) {
      assertThatThrownBy(() -> repository.manifest(name))
          .isInstanceOf(OcigcException.Unusable.class)
          .message()
          .doesNotContain("\u001b");
    }
    assertThat(registry.requests()).isEmpty();
  }

  @Test
  void theRegistrysOwnWordsAreInTheErrorAndCannotTouchTheTerminal() {
    String long300 = "x".repeat(1000);
    registry.manifestFaults().next(new Fault.Status(418, Map.of("X-Nothing", "nothing")));
    assertThatThrownBy(() -> repository.manifest("v1"))
        .isInstanceOf(OcigcException.RegistryFailed.class)
        .hasMessageContaining("418")
        .hasMessageContaining("FAULT_418: the fake says FAULT_418");
    assertThat(Printable.text("\u001b[31mred\r\n" + long300))
        .startsWith("[31mred")
        .hasSizeLessThan(310);
  }
}
