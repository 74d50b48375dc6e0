package io.github.ocigc.store;

import io.github.ocigc.oci.Document;
import java.util.Locale;
import java.util.Optional;

/**
 * What the disk says of one digest.
 *
 * @param form what the file is
 * @param sizeBytes the file's length; 0 where there is no file
 * @param document what the bytes say, where {@code form} is DOCUMENT or MALFORMED
 */
public record BlobFacts(Form form, long sizeBytes, Optional<Document> document) {
  /** The form of a blob; the ledger stores {@link #label()}. */
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

    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }

    public static Form of(String label) {
      return valueOf(label.toUpperCase(Locale.ROOT));
    }
  }

  static final BlobFacts ABSENT = new BlobFacts(Form.ABSENT, 0, Optional.empty());

  static BlobFacts of(Form form, long sizeBytes) {
    return new BlobFacts(form, sizeBytes, Optional.empty());
  }

  public boolean present() {
    return form != Form.ABSENT;
  }
}
