package io.github.ocigc.oci;

import java.util.Locale;

/**
 * Something about a store or its ledger that a person should know.
 *
 * @param digest the content it is about; empty if none
 * @param path the file it is about, relative to the store where it lies inside; empty if none
 * @param detail a sentence
 */
public record Finding(Kind kind, String digest, String path, String detail) {
  /** The kinds of finding; {@link #label()} is what {@code --json} prints. */
  public enum Kind {
    /** On disk, held by nothing. A note. */
    ORPHAN_BLOB(true),
    /** Held, known to have no file here: a sparse index, metadata without layers. A note. */
    ABSENT_CONTENT(true),
    /** A file that is not ours and not a blob. A note. */
    STRAY_FILE(true),
    /** The ledger says that the file is here; it is not. */
    MISSING_BLOB(false),
    /** The file's length is not what its descriptor or the ledger says. */
    WRONG_SIZE(false),
    /** The bytes do not hash to the name. */
    DIGEST_MISMATCH(false),
    /** A count in the ledger disagrees with its reasons. */
    COUNT_DRIFT(false),
    /** A sum in the ledger is not that of its rows. */
    SUM_DRIFT(false),
    /** The ledger does not say what the disk says. */
    LEDGER_DRIFT(false),
    /** A root names a content that has no file. */
    DANGLING_REFERENCE(false),
    /** Held as a manifest or index, and not readable as one. */
    UNREADABLE_MANIFEST(false),
    /** A descriptor's digest cannot be understood. */
    INVALID_DIGEST(false),
    /** A root whose name cannot be told from its path. */
    INVALID_NAME(false),
    /** A symbolic link, folder or device where a blob should be. */
    NOT_A_FILE(false),
    /** The ledger's file could not be used and was set aside. */
    LEDGER_SET_ASIDE(false);

    private final boolean note;

    Kind(boolean note) {
      this.note = note;
    }

    /** True for what is normal in a healthy store, and no reason for exit code 1. */
    public boolean isNote() {
      return note;
    }

    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public static Finding ofContent(Kind kind, Digest digest, String detail) {
    return new Finding(kind, digest.toString(), "", detail);
  }

  public static Finding ofPath(Kind kind, String path, String detail) {
    return new Finding(kind, "", path, detail);
  }
}
