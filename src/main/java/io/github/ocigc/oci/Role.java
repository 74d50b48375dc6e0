package io.github.ocigc.oci;

import java.util.Locale;

/** What a holder uses a held content for. The ledger stores {@link #label()}. */
public enum Role {
  /** A manifest's {@code config}. */
  CONFIG,
  /**
   * An entry of {@code layers}, of an artifact's {@code blobs}, or of schema 1's {@code fsLayers}.
   */
  LAYER,
  /** An entry of an index's {@code manifests}. */
  CHILD,
  /** Runs from a subject to the manifest that names it as {@code subject}. */
  REFERRER,
  /** A file that a config's {@code rootfs.diff_ids} names; only KraftKit opens such files. */
  DIFF_ID,
  /** A full descriptor found anywhere else in a document. */
  OTHER;

  private final String label = name().toLowerCase(Locale.ROOT);

  /** The lower-case word that the ledger, the tables and the JSON use. */
  public String label() {
    return label;
  }

  public static Role of(String label) {
    return valueOf(label.toUpperCase(Locale.ROOT));
  }

  /** True where the holder needs the held content to be a readable manifest or index. */
  public boolean namesDocument() {
    return this == CHILD || this == REFERRER;
  }
}
