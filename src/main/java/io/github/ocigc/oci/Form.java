package io.github.ocigc.oci;

import java.util.Locale;

/** What a blob's bytes are, whatever anybody says of them. The ledger stores {@link #label()}. */
public enum Form {
  /** No such file. */
  ABSENT,
  /** A JSON object; its links are known. */
  DOCUMENT,
  /** A JSON object in which a descriptor names no digest that we understand. */
  MALFORMED,
  /** Not a JSON object: a layer, or a manifest that is broken. */
  OPAQUE,
  /** A JSON object by its first byte, but longer than the limit for manifests. */
  TOO_LARGE,
  /** A symbolic link, a folder, a device. */
  NOT_A_FILE,
  /** The operating system would not let us read it. */
  UNREADABLE;

  private final String label = name().toLowerCase(Locale.ROOT);

  public String label() {
    return label;
  }

  public static Form of(String label) {
    return valueOf(label.toUpperCase(Locale.ROOT));
  }
}
