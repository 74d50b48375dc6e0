package io.github.ocigc.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ocigc.fixture.FakeRegistry;
import io.github.ocigc.fixture.RegistryBlob;
import io.github.ocigc.fixture.RegistryFaults.Fault;
import io.github.ocigc.oci.Descriptor;
import io.github.ocigc.oci.Digest;
import io.github.ocigc.oci.OcigcException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class BlobUploadTest {
  private static final byte[] BYTES = Quick.bytes(300_000);

  private final FakeRegistry registry = FakeRegistry.start();
  private final Repository repository =
      new Registries(Quick.options()).repository(registry.name(), "app");
  private final AtomicLong moved = new AtomicLong();

  @AfterEach
  void close() {
    registry.close();
  }

  private void upload(byte[] bytes) {
    Descriptor blob = new Descriptor("", FakeRegistry.digest(bytes), bytes.length);
    repository.uploadBlob(blob, from -> stream(bytes, from), moved::addAndGet);
  }

  private static InputStream stream(byte[] bytes, long from) {
    return new ByteArrayInputStream(bytes, (int) from, bytes.length - (int) from);
  }

  private void assertUploaded(byte[] bytes) throws IOException {
    RegistryBlob found =
        registry.content().findBlob("app", FakeRegistry.digest(bytes)).orElseThrow();
    assertThat(found.open(0).readAllBytes()).isEqualTo(bytes);
    assertThat(moved).hasValue(bytes.length);
    assertThat(registry.content().uploads().open()).isZero();
  }

  private List<String> methods() {
    return registry.requests().stream()
        .filter(r -> r.path().contains("/uploads/"))
        .map(r -> r.method())
        .toList();
  }

  @Test
  void aBlobGoesWithTwoRequests() throws IOException {
    upload(BYTES);
    assertUploaded(BYTES);
    assertThat(methods()).containsExactly("POST", "PUT");
  }

  @Test
  void anEmptyBlobGoesAsWell() throws IOException {
    upload(new byte[0]);
    assertUploaded(new byte[0]);
  }

  @Test
  void whatBreaksOffGoesOnInChunks() throws IOException {
    registry.uploadFaults().dropAfter(100_000);
    upload(BYTES);
    assertUploaded(BYTES);
    assertThat(methods()).containsExactly("POST", "PUT", "DELETE", "POST", "PATCH", "PUT");
  }

  @Test
  void aChunkThatBreaksOffGoesOnWhereTheRegistrySaysThatItIs() throws IOException {
    registry.content().minimumChunk(200_000);
    registry.uploadFaults().dropAfter(150_000);
    upload(BYTES);
    assertUploaded(BYTES);
    assertThat(registry.requests("PATCH").stream().map(r -> r.header("Content-Range").get()))
        .containsExactly("0-299999", "150000-299999");
    assertThat(methods()).containsExactly("POST", "PATCH", "GET", "PATCH", "PUT");
  }

  @Test
  void whatIsTooLargeForTheRegistryGoesInChunks() throws IOException {
    registry.content().largestBody(100_000);
    upload(BYTES);
    assertUploaded(BYTES);
  }

  @Test
  void aRegistryThatIsInTroubleIsTriedAgain() throws IOException {
    registry.uploadFaults().fail(2, 503);
    upload(BYTES);
    assertUploaded(BYTES);
  }

  @Test
  void anUploadThatTheRegistryLostStartsAgain() throws IOException {
    registry.content().minimumChunk(100_000);
    registry.uploadFaults().next(new Fault.Status(404, java.util.Map.of()));
    upload(BYTES);
    assertUploaded(BYTES);
  }

  @Test
  void anUploadThatIsLostBetweenItsChunksStartsAgain() throws IOException {
    registry.content().minimumChunk(100_000);
    registry.uploadFaults().dropAfter(150_000);
    AtomicInteger opened = new AtomicInteger();
    Descriptor blob = new Descriptor("", FakeRegistry.digest(BYTES), BYTES.length);
    repository.uploadBlob(
        blob,
        from -> {
          if (opened.incrementAndGet() == 2) {
            registry.content().uploads().lose();
          }
          return stream(BYTES, from);
        },
        moved::addAndGet);
    assertUploaded(BYTES);
    assertThat(methods()).filteredOn("POST"::equals).hasSize(2);
  }

  @Test
  void anAnswerThatIsLostCostsNoSecondUpload() throws IOException {
    registry.uploadFaults().next(new Fault.Swallow());
    upload(BYTES);
    assertUploaded(BYTES);
    assertThat(methods()).filteredOn("PUT"::equals).hasSizeLessThanOrEqualTo(2);
  }

  @Test
  void aBlobThatIsNotWhatItsDigestSaysIsRefusedByTheRegistry() {
    Descriptor wrong = new Descriptor("", FakeRegistry.digest(new byte[] {1}), BYTES.length);
    assertThatThrownBy(
            () -> repository.uploadBlob(wrong, from -> stream(BYTES, from), moved::addAndGet))
        .isInstanceOf(OcigcException.RegistryFailed.class)
        .hasMessageContaining("DIGEST_INVALID");
  }

  @Test
  void aFileThatCannotBeReadIsNotTheRegistrysFault() {
    Descriptor blob = new Descriptor("", FakeRegistry.digest(BYTES), BYTES.length);
    assertThatThrownBy(
            () ->
                repository.uploadBlob(
                    blob,
                    from -> {
                      throw new IOException("Input/output error");
                    },
                    moved::addAndGet))
        .isInstanceOf(OcigcException.Refused.class)
        .hasMessageContaining("Input/output error");
  }

  @Test
  void aFileThatIsTooShortIsNotTheRegistrysFaultEither() {
    Descriptor blob = new Descriptor("", FakeRegistry.digest(BYTES), BYTES.length + 10);
    assertThatThrownBy(
            () -> repository.uploadBlob(blob, from -> stream(BYTES, from), moved::addAndGet))
        .isInstanceOf(OcigcException.Refused.class)
        .hasMessageContaining("10 bytes early");
  }

  @Test
  void aLargeBlobGoesInChunksAndIsNowhereInMemory() throws Exception {
    long size = 200L * 1024 * 1024;
    registry.content().uploads().discard();
    RegistryBlob zeros = RegistryBlob.zeros(size);
    MessageDigest hash = MessageDigest.getInstance("SHA-256");
    try (InputStream in = zeros.open(0)) {
      byte[] buffer = new byte[1 << 16];
      for (int n = in.read(buffer); n > 0; n = in.read(buffer)) {
        hash.update(buffer, 0, n);
      }
    }
    String hex = HexFormat.of().formatHex(hash.digest());
    Digest digest = Digest.of("sha256", hex).orElseThrow();
    registry.uploadFaults().dropAfter(10_000_000);
    repository.uploadBlob(new Descriptor("", digest, size), zeros::open, moved::addAndGet);
    assertThat(registry.content().findBlob("app", digest).orElseThrow().size()).isEqualTo(size);
    assertThat(moved).hasValue(size);
    assertThat(methods()).filteredOn("POST"::equals).hasSize(1);
  }

  @Test
  void aMountTakesOneRequestAndNoByte() {
    Digest digest = registry.content().addBlob("base", BYTES);
    assertThat(repository.mountBlob(digest, "base")).isTrue();
    assertThat(repository.hasBlob(digest)).isTrue();
    assertThat(methods()).containsExactly("POST");
  }

  @Test
  void aMountThatBecomesAnUploadIsCancelled() {
    registry.content().withoutMounts();
    Digest digest = registry.content().addBlob("base", BYTES);
    assertThat(repository.mountBlob(digest, "base")).isFalse();
    assertThat(methods()).containsExactly("POST", "DELETE");
    assertThat(registry.content().uploads().open()).isZero();
  }
}
