package io.github.ocigc.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ocigc.fixture.DockerRegistry;
import io.github.ocigc.fixture.FakeRegistry;
import io.github.ocigc.fixture.MemorySink;
import io.github.ocigc.fixture.SelfSigned;
import io.github.ocigc.oci.Descriptor;
import io.github.ocigc.oci.Digest;
import io.github.ocigc.oci.OcigcException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** Against CNCF distribution, the registry that most others descend from. */
@EnabledIf("io.github.ocigc.fixture.DockerRegistry#wanted")
final class DockerRegistryTest {
  private static final String OCI = "application/vnd.oci.image.manifest.v1+json";

  @TempDir Path folder;

  private static Descriptor upload(Repository to, byte[] bytes) {
    Descriptor blob = new Descriptor("application/x", FakeRegistry.digest(bytes), bytes.length);
    to.uploadBlob(
        blob,
        from -> new ByteArrayInputStream(bytes, (int) from, bytes.length - (int) from),
        count -> {});
    return blob;
  }

  private static String json(Descriptor blob) {
    return "{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":%d}"
        .formatted(blob.mediaType(), blob.digest(), blob.sizeBytes());
  }

  private static byte[] image(Descriptor config, Descriptor layer, String more) {
    return ("{\"schemaVersion\":2,\"mediaType\":\"" + OCI + "\",\"config\":%s,\"layers\":[%s]%s}")
        .formatted(json(config), json(layer), more)
        .getBytes(StandardCharsets.UTF_8);
  }

  private static void comesAndGoes(Repository app, Repository other) {
    byte[] bytes = Quick.bytes(3_000_000);
    Descriptor layer = upload(app, bytes);
    Descriptor config = upload(app, "{}".getBytes(StandardCharsets.UTF_8));
    assertThat(app.hasBlob(layer.digest())).isTrue();
    assertThat(app.hasBlob(FakeRegistry.digest(new byte[] {9}))).isFalse();
    MemorySink sink = MemorySink.keeping().having(Arrays.copyOf(bytes, 1_000_000));
    app.fetchBlob(layer, sink, count -> {});
    assertThat(sink.bytes()).isEqualTo(bytes);

    byte[] manifest = image(config, layer, "");
    app.putManifest("v1", OCI, manifest);
    Digest digest = FakeRegistry.digest(manifest);
    assertThat(app.manifest("v1").bytes()).isEqualTo(manifest);
    assertThat(app.headManifest("v1")).contains(new Descriptor(OCI, digest, manifest.length));
    assertThat(app.findManifest("v2")).isEmpty();

    assertThat(other.mountBlob(layer.digest(), app(app))).isTrue();
    assertThat(other.hasBlob(layer.digest())).isTrue();
    assertThat(other.mountBlob(FakeRegistry.digest(new byte[] {9}), app(app))).isFalse();

    byte[] signature =
        image(config, layer, ",\"subject\":" + json(new Descriptor(OCI, digest, manifest.length)));
    Digest signed = FakeRegistry.digest(signature);
    assertThat(app.referrers(digest)).isEmpty();
    app.putManifest(signed.toString(), OCI, signature);
    assertThat(app.referrers(digest))
        .containsExactly(new Descriptor(OCI, signed, signature.length));
  }

  private static String app(Repository same) {
    assertThat(same).isNotNull();
    return "team/app";
  }

  @Test
  void everyVerbWorksWithPlainHttp() {
    try (DockerRegistry registry = DockerRegistry.open(folder);
        Registries registries = new Registries(Quick.options())) {
      comesAndGoes(
          registries.repository(registry.name(), "team/app"),
          registries.repository(registry.name(), "team/other"));
    }
  }

  @Test
  void everyVerbWorksWithHttp2() {
    SelfSigned own = SelfSigned.make(folder, "ip:127.0.0.1");
    RegistryOptions options =
        Quick.options().withCaFile(own.certificateFile(folder.resolve("ca.pem")));
    try (DockerRegistry registry = DockerRegistry.withTls(folder, own);
        Registries registries = new Registries(options)) {
      comesAndGoes(
          registries.repository(registry.name(), "team/app"),
          registries.repository(registry.name(), "team/other"));
    }
  }

  @Test
  void everyVerbWorksWithAPassword() throws IOException {
    try (DockerRegistry registry = DockerRegistry.withPassword(folder)) {
      assertThatThrownBy(
              () ->
                  new Registries(Quick.options())
                      .repository(registry.name(), "team/app")
                      .manifest("v1"))
          .isInstanceOf(OcigcException.RegistryFailed.class)
          .hasMessageContaining("UNAUTHORIZED")
          .hasMessageContaining("docker login");
      String pair = DockerRegistry.USER + ":" + DockerRegistry.PASSWORD;
      String auth = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
      Path file =
          Files.writeString(
              folder.resolve("auth.json"),
              "{\"auths\":{\"" + registry.name() + "\":{\"auth\":\"" + auth + "\"}}}");
      Registries registries = new Registries(Quick.options().withAuthFile(file));
      comesAndGoes(
          registries.repository(registry.name(), "team/app"),
          registries.repository(registry.name(), "team/other"));
    }
  }

  @Test
  void emptyAndLargeBlobsGoAndCome() {
    try (DockerRegistry registry = DockerRegistry.open(folder)) {
      Repository app = new Registries(Quick.options()).repository(registry.name(), "app");
      upload(app, new byte[0]);
      byte[] bytes = Quick.bytes(70 * 1024 * 1024); // goes in three chunks
      Descriptor blob = upload(app, bytes);
      AtomicLong moved = new AtomicLong();
      MemorySink sink = MemorySink.keeping();
      app.fetchBlob(blob, sink, moved::addAndGet);
      assertThat(Arrays.equals(sink.bytes(), bytes)).isTrue();
      assertThat(moved).hasValue(bytes.length);
    }
  }

  @Test
  void aBlobThatIsNotWhatItSaysIsRefused() {
    try (DockerRegistry registry = DockerRegistry.open(folder)) {
      Repository app = new Registries(Quick.options()).repository(registry.name(), "app");
      Descriptor wrong = new Descriptor("", FakeRegistry.digest(new byte[] {1}), 3);
      assertThatThrownBy(
              () ->
                  app.uploadBlob(
                      wrong, from -> new ByteArrayInputStream(new byte[] {4, 5, 6}), count -> {}))
          .isInstanceOf(OcigcException.RegistryFailed.class)
          .hasMessageContaining("DIGEST_INVALID");
    }
  }
}
