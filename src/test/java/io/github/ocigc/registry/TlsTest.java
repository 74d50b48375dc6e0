package io.github.ocigc.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ocigc.fixture.FakeRegistry;
import io.github.ocigc.fixture.MemorySink;
import io.github.ocigc.fixture.SelfSigned;
import io.github.ocigc.oci.Descriptor;
import io.github.ocigc.oci.Digest;
import io.github.ocigc.oci.OcigcException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TlsTest {
  private static final byte[] BYTES = {'{', '}'};

  @TempDir static Path folder;

  private static FakeRegistry registry;
  private static Path certificate;

  @BeforeAll
  static void start() {
    SelfSigned own = SelfSigned.make(folder, "ip:127.0.0.1");
    certificate = own.certificateFile(folder.resolve("ca.pem"));
    registry = FakeRegistry.startTls(own);
    registry.content().addManifest("app", "v1", "application/json", BYTES);
  }

  @AfterAll
  static void stop() {
    registry.close();
  }

  private static byte[] fetch(RegistryOptions options, String name) {
    return new Registries(options).repository(name, "app").manifest("v1").bytes();
  }

  @Test
  void aCertificateThatNobodyKnowsIsRefusedWithAWayOut() {
    assertThatThrownBy(() -> fetch(Quick.options(), registry.name()))
        .isInstanceOf(OcigcException.RegistryFailed.class)
        .hasMessageContaining("certificate of " + registry.name())
        .hasMessageContaining("--ca-file")
        .hasMessageContaining("--insecure");
  }

  @Test
  void aCertificateInTheFileIsTrusted() {
    assertThat(fetch(Quick.options().withCaFile(certificate), registry.name())).isEqualTo(BYTES);
  }

  @Test
  void aCertificateForAnotherNameIsNot() {
    assertThatThrownBy(() -> fetch(Quick.options().withCaFile(certificate), registry.otherName()))
        .isInstanceOf(OcigcException.RegistryFailed.class)
        .hasMessageContaining("not trusted");
  }

  @Test
  void insecureAsksForNeitherAndForThisClientAlone() {
    assertThat(fetch(Quick.options().withInsecure(), registry.otherName())).isEqualTo(BYTES);
    assertThatThrownBy(() -> fetch(Quick.options(), registry.otherName()))
        .isInstanceOf(OcigcException.RegistryFailed.class);
  }

  @Test
  void theJdksOwnCertificatesStayTrusted() {
    assertThat(Trust.context(Quick.options().withCaFile(certificate))).isPresent();
    assertThat(Trust.context(Quick.options())).isEmpty();
  }

  @Test
  void aFileWithoutCertificatesIsSaid() throws IOException {
    Path empty = Files.writeString(folder.resolve("empty.pem"), "nothing");
    for (Path file : new Path[] {empty, folder.resolve("missing.pem")}) {
      assertThatThrownBy(() -> new Registries(Quick.options().withCaFile(file)))
          .isInstanceOf(OcigcException.Unusable.class)
          .hasMessageContaining(file.toString());
    }
  }

  @Test
  void aRegistryOfThisMachineMayBePlainAndIsAskedOnce() {
    try (FakeRegistry plain = FakeRegistry.start()) {
      plain.content().addManifest("app", "v1", "application/json", BYTES);
      Registries registries = new Registries(Quick.options());
      registries.repository(plain.name(), "app").manifest("v1");
      registries.repository(plain.name(), "other").findManifest("v1");
      assertThat(plain.requests("GET /v2/")).hasSize(3);
      assertThat(plain.requests()).first().hasToString("GET /v2/");
    }
  }

  @Test
  void aRegistryElsewhereIsPlainOnlyIfThatIsWanted() {
    RegistryHost elsewhere = new RegistryHost("r.example");
    assertThat(Connections.of(Quick.options()).schemes().of(elsewhere)).isEqualTo("https");
    assertThat(Connections.of(Quick.options().withPlainHttp()).schemes().of(elsewhere))
        .isEqualTo("http");
  }

  @Test
  void fromEncryptionNothingLeadsToTheClear() {
    Digest blob = registry.content().addBlob("down", BYTES);
    try (FakeRegistry plain = FakeRegistry.start()) {
      registry.content().redirectBlobs(plain.url(""));
      assertThatThrownBy(
              () ->
                  new Registries(Quick.options().withInsecure())
                      .repository(registry.name(), "down")
                      .fetchBlob(new Descriptor("", blob, 2), MemorySink.keeping(), count -> {}))
          .isInstanceOf(OcigcException.RegistryFailed.class)
          .hasMessageContaining("without encryption");
      assertThat(plain.requests()).isEmpty();
    }
  }

  @Test
  void aServerThatSpeaksNoTlsIsSaid() {
    OcigcException said =
        org.junit.jupiter.api.Assertions.assertThrows(
            OcigcException.RegistryFailed.class,
            () ->
                NetworkTrouble.of(
                    "Fetching",
                    java.net.URI.create("https://r.example:5000/v2/"),
                    new javax.net.ssl.SSLException("Unsupported or unrecognized SSL message")));
    assertThat(said).hasMessageContaining("--plain-http").hasMessageContaining("r.example:5000");
  }
}
