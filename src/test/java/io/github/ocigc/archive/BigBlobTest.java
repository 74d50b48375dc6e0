package io.github.ocigc.archive;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ocigc.oci.Digest;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Over 8 GiB a tar's own field for the size is too short. */
final class BigBlobTest {
  private static final long SIZE = (9L << 30) + 1;
  private static final Digest BIG = Digest.of("sha512", "0".repeat(128)).orElseThrow();

  @TempDir Path folder;

  /** The bytes themselves are a hole in the file, which costs no disk. */
  @Test
  void aBlobOfNineGibibytesIsWrittenSoThatWhatFollowsItIsFound() throws IOException {
    Path file = folder.resolve("big.tar");
    TarContainer writing = new TarContainer(folder.resolve("beginning.tar"), false);
    OutputStream neverClosed = writing.file(BlobPath.of(BIG), SIZE);
    neverClosed.write(new byte[1 << 18]); // more than the buffer, so that the header is out
    byte[] header = Files.readAllBytes(folder.resolve("beginning.tar"));
    writing.abandon();
    byte[] rest = new TarBuilder().file("index.json", "{\"manifests\":[]}").bytes();
    try (RandomAccessFile tar = new RandomAccessFile(file.toFile(), "rw")) {
      tar.write(header);
      tar.seek(headerBytes(file) + SIZE + 511);
      tar.write(rest);
    }

    try (ImageSource source = ImageSource.open(file, folder, 1 << 20)) {
      assertThat(source.size(BIG)).hasValue(SIZE);
      assertThat(source.images()).isEmpty();
    }
  }

  private long headerBytes(Path tar) {
    long[] offset = {0};
    try {
      TarWalk.over(
          new ArchiveFile("big", tar, Compression.NONE),
          (entry, bytes) -> offset[0] = entry.offset());
    } catch (RuntimeException cutOff) {
      assertThat(cutOff).hasMessageContaining("it cannot be read to its end");
    }
    return offset[0];
  }
}
