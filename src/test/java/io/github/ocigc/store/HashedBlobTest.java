package io.github.ocigc.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ocigc.oci.Digest;
import io.github.ocigc.oci.Hash;
import io.github.ocigc.oci.Size;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is understood of a blob that is hashed on the way is what is understood of it otherwise. */
class HashedBlobTest {
  private static final int LIMIT = 1 << 14;
  private static final Digest NAME = Hash.sha256("a name".getBytes(StandardCharsets.UTF_8));

  @TempDir Path folder;

  private Path file;
  private BlobFolder blobs;

  @BeforeEach
  void aLayout() throws IOException {
    Files.writeString(folder.resolve("oci-layout"), "{\"imageLayoutVersion\":\"1.0.0\"}");
    Files.writeString(folder.resolve("index.json"), "{\"schemaVersion\":2,\"manifests\":[]}");
    file = Files.createDirectories(folder.resolve("blobs/sha256")).resolve(NAME.encoded());
    blobs = Store.open(folder, LIMIT / 2).blobs();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "layer",
        "{}",
        " \n\t{\"schemaVersion\":2,\"layers\":[]}",
        "{\"schemaVersion\":2,\"layers\":[{\"digest\":\"sha256:xyz\"}]}",
        "{\"layers\":",
        "[]",
        "\u0000{}"
      })
  void isUnderstoodTheSame(String text) throws IOException {
    Files.writeString(file, text);

    BlobFolder.Hashed hashed = blobs.hashed(NAME, LIMIT).orElseThrow();

    assertThat(hashed.facts()).usingRecursiveComparison().isEqualTo(blobs.facts(NAME));
    assertThat(hashed.hash()).isEqualTo(Hash.sha256(text.getBytes(StandardCharsets.UTF_8)));
  }

  @ParameterizedTest
  @ValueSource(ints = {4095, 4096, 4097})
  void anObjectThatBeginsLateIsNoneEitherWay(int spaces) throws IOException {
    Files.writeString(file, " ".repeat(spaces) + "{\"schemaVersion\":2,\"layers\":[]}");

    assertThat(blobs.hashed(NAME, LIMIT).orElseThrow().facts())
        .usingRecursiveComparison()
        .isEqualTo(blobs.facts(NAME));
  }

  @Test
  void whatIsLongerIsLeftToThoseWhoReadInParts() throws IOException {
    Files.write(file, new byte[LIMIT / 2]);
    assertThat(blobs.hashed(NAME, LIMIT)).isPresent();
    assertThat(blobs.hashed(NAME, LIMIT / 2 - 1)).isEmpty();

    Files.write(file, new byte[LIMIT / 2 + 1]);
    assertThat(blobs.hashed(NAME, LIMIT)).as("longer than a manifest may be").isEmpty();
  }

  @Test
  void whatIsNoFileIsNotRead() throws IOException {
    assertThat(blobs.hashed(NAME, LIMIT)).isEmpty();

    Files.createSymbolicLink(file, Files.writeString(folder.resolve("elsewhere"), "{}"));
    assertThat(blobs.hashed(NAME, LIMIT)).isEmpty();

    Files.delete(file);
    Files.createDirectory(file);
    assertThat(blobs.hashed(NAME, LIMIT)).isEmpty();
    assertThat(blobs.facts(NAME).size().bytes()).isEqualTo(Size.ZERO.bytes());
  }
}
