package io.github.ocigc.archive;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ocigc.oci.Digest;
import io.github.ocigc.oci.OcigcException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Archives that were damaged on their way, and what never was one. */
final class DamagedArchiveTest extends RefusedArchives {
  @Test
  void aDocumentWithOtherBytesThanItsDigestIsRefused() {
    new TarBuilder()
        .file("index.json", "{\"manifests\":[]}")
        .file("blobs/sha256/" + HEX, "{}")
        .gzipAt(file);
    try (ImageSource source = open()) {
      Digest digest = Digest.of("sha256", HEX).orElseThrow();
      assertThatThrownBy(() -> source.document(digest))
          .isInstanceOf(OcigcException.Damaged.class)
          .hasMessageContaining("the bytes of " + digest + " in it do not have that digest");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void anArchiveThatWasCutOffIsDamagedWhereverTheCutIs(boolean gzip) {
    byte[] big = new byte[5000];
    new java.util.Random(1).nextBytes(big);
    byte[] tar = TarBuilder.of(layout).file("blobs/sha256/" + HEX, big).bytes();
    int content = tar.length;
    byte[] whole = gzip ? TarBuilder.gzip(tar) : tar;
    int last = gzip ? whole.length : content - 2048 - 5120;
    for (int length = gzip ? 20 : 513; length < last; length += 191) {
      TarBuilder.write(file, Arrays.copyOf(whole, length));
      if (gzip || length % 512 != 0) {
        damaged("it cannot be read to its end");
      }
    }
  }

  @Test
  void aGzipWithAWrongChecksumIsDamaged() {
    byte[] packed = TarBuilder.gzip(TarBuilder.of(layout).bytes());
    packed[packed.length - 6] ^= 1;
    TarBuilder.write(file, packed);
    damaged("it cannot be read to its end: Corrupt GZIP trailer");
  }

  @Test
  void aFileThatShrinksAfterItWasOpenedIsDamaged() throws IOException {
    byte[] tar = TarBuilder.of(layout).bytes();
    TarBuilder.write(file, tar);
    try (ImageSource source = open()) {
      Files.write(file, Arrays.copyOf(tar, 600));
      Set<Digest> wanted = Set.of(digest(app));
      assertThatThrownBy(() -> source.read(wanted, new Collected()))
          .isInstanceOf(OcigcException.Damaged.class);
      assertThatThrownBy(() -> source.document(digest(app)))
          .isInstanceOf(OcigcException.Damaged.class);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "garbage",
        "",
        "[]",
        "{\"manifests\":7}",
        "{\"manifests\":[",
        "{} {}",
        "\0\0\0",
      })
  void anIndexThatIsNoneIsDamaged(String index) {
    new TarBuilder().file("index.json", index).gzipAt(file);
    damaged("its index.json says what it holds, and cannot be read");
  }

  @Test
  void anIndexWithAnEntryWithoutADigestIsDamaged() {
    new TarBuilder().file("index.json", "{\"manifests\":[{\"digest\":\"sha256:../x\"}]}").at(file);
    damaged(
        "in its index.json the entry without a name has 'sha256:../x', which is not a sha256 or"
            + " sha512 digest");
  }

  @Test
  void aTarOfSomethingElseIsNoArchiveOfImages() {
    new TarBuilder().file("readme", "x").at(file);
    unusable("is a tar, but no archive of images: it has neither index.json (OCI) nor");
    new TarBuilder().file("layout/index.json", "{}").at(file);
    unusable("It has 'layout/index.json': archive that folder from inside of it");
  }

  @Test
  void whatIsNoTarIsNoArchiveOfImages() {
    for (String text : new String[] {"x", "some text\n".repeat(5), "some text\n".repeat(5000)}) {
      TarBuilder.write(file, text.getBytes(StandardCharsets.UTF_8));
      unusable("is no archive of images: it is neither a tar nor a tar.gz");
      TarBuilder.write(file, TarBuilder.gzip(text.getBytes(StandardCharsets.UTF_8)));
      unusable("is no archive of images: it is neither a tar nor a tar.gz");
    }
    TarBuilder.write(file, new byte[10240]);
    unusable("is no archive of images");
    TarBuilder.write(file, new byte[0]);
    unusable("is empty, and so no archive of images");
  }

  @Test
  void aCompressionThatIsNotReadIsCalledByItsName() {
    TarBuilder.write(file, new byte[] {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, 0, 0});
    unusable("is compressed with zstd, which is not read here: decompress it first, with zstd -d");
    TarBuilder.write(file, "BZh91AY".getBytes(StandardCharsets.US_ASCII));
    unusable("bunzip2");
    TarBuilder.write(file, new byte[] {(byte) 0xfd, '7', 'z', 'X', 'Z', 0, 0});
    unusable("unxz");
  }

  @Test
  void whatIsNotThereIsSaidToBeNotThere() {
    unusable("does not exist");
  }

  @Test
  void aHeaderWithAWrongChecksumIsDamaged() {
    byte[] tar = TarBuilder.of(layout).bytes();
    tar[1024 + 3] ^= 1;
    TarBuilder.write(file, tar);
    damaged("a header does not have the checksum that it says");
  }
}
