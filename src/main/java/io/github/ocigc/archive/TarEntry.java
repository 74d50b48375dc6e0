package io.github.ocigc.archive;

/**
 * One entry of a tar.
 *
 * @param name without {@code ./} in front and without a slash at the end
 * @param link what a link points to, as it stands there; empty for all else
 * @param offset where its bytes begin in the decompressed tar
 * @param size of its bytes; 0 for what is not a file
 */
record TarEntry(String name, Kind kind, String link, long offset, long size) {
  enum Kind {
    FILE("a file"),
    FOLDER("a folder"),
    SYMBOLIC_LINK("a symbolic link"),
    HARD_LINK("a hard link"),
    OTHER("a device or something else that is no file");

    private final String words;

    Kind(String words) {
      this.words = words;
    }

    String words() {
      return words;
    }
  }
}
