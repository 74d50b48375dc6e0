package io.github.ocigc.oci;

import java.util.List;
import java.util.Optional;

/**
 * What the ledger needs of one JSON blob: its links, the subject it refers to, when it was made,
 * and what in it could not be understood.
 *
 * @param links in document order, at most one for each digest and role
 * @param subject the manifest that this one refers to, if any (image-spec 1.1, manifest.md)
 * @param created the {@code created} text of a config, or the annotation of a manifest; empty if
 *     none
 * @param problems descriptors whose digest cannot be understood; a document with problems may hold
 *     something that nobody can name, so nothing is deleted while it is held
 */
public record Document(
    List<Link> links, Optional<Digest> subject, String created, List<String> problems) {
  public Document {
    links = List.copyOf(links);
    problems = List.copyOf(problems);
  }

  /** What to take from a document beside its descriptors. */
  public enum Dialect {
    OCI,
    /** A config's {@code rootfs.diff_ids} name files of the store. */
    KRAFTKIT
  }

  /**
   * Reads a document by its structure. Empty if the bytes are not one JSON object, nested no deeper
   * than Jackson's limit of 1,000: then they are a layer or damage, which only the role of an edge
   * can tell.
   */
  public static Optional<Document> read(byte[] bytes, Dialect dialect) {
    return DocumentReader.read(bytes, dialect);
  }
}
