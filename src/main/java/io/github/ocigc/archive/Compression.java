package io.github.ocigc.archive;

import java.nio.charset.StandardCharsets;

/** How bytes are compressed, told by how they begin and never by a name. */
enum Compression {
  NONE(""),
  GZIP("\u001f\u008b"),
  ZSTD("(\u00b5/\u00fd"),
  BZIP2("BZh"),
  XZ("\u00fd7zXZ\0");

  /** So many bytes of the beginning tell them apart. */
  static final int MAGIC_BYTES = 6;

  /** A character for each byte. */
  private final String magic;

  Compression(String magic) {
    this.magic = magic;
  }

  /** Of bytes that begin with the first {@code length} of these. */
  static Compression of(byte[] beginning, int length) {
    String start =
        new String(beginning, 0, Math.min(length, MAGIC_BYTES), StandardCharsets.ISO_8859_1);
    for (Compression compression : values()) {
      if (compression != NONE && start.startsWith(compression.magic)) {
        return compression;
      }
    }
    return NONE;
  }
}
