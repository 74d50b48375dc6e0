package io.github.ocigc.archive;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file that may be a tar, plain or gzip.
 *
 * @param shown what a person knows it by
 */
record ArchiveFile(String shown, Path path, Compression compression) {
  /** Looks at how it begins; what we cannot decompress is refused with the tool that can. */
  static ArchiveFile of(String shown, Path path) {
    byte[] beginning = new byte[Compression.MAGIC_BYTES];
    int length;
    try (InputStream in = Files.newInputStream(path)) {
      length = in.readNBytes(beginning, 0, beginning.length);
    } catch (IOException e) {
      throw Trouble.refused("read", shown, e);
    }
    if (length == 0) {
      throw Trouble.unusable(shown, "is empty, and so no archive of images");
    }
    Compression compression = Compression.of(beginning, length);
    switch (compression) {
      case NONE, GZIP -> {}
      case ZSTD -> throw packed(shown, "zstd", "zstd -d");
      case BZIP2 -> throw packed(shown, "bzip2", "bunzip2");
      case XZ -> throw packed(shown, "xz", "unxz");
    }
    return new ArchiveFile(shown, path, compression);
  }

  private static RuntimeException packed(String shown, String how, String command) {
    return Trouble.unusable(
        shown,
        "is compressed with "
            + how
            + ", which is not read here: decompress it first, with "
            + command);
  }

  ForwardStream open() throws IOException {
    return ForwardStream.open(path, compression);
  }
}
