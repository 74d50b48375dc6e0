package io.github.ocigc.archive;

/** Where bytes stand in a decompressed tar. */
record Extent(long offset, long size) {
  static Extent of(TarEntry entry) {
    return new Extent(entry.offset(), entry.size());
  }
}
