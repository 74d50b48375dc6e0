package io.github.ocigc.ledger;

import io.github.ocigc.oci.RootKey;
import io.github.ocigc.oci.Size;

/**
 * A root and what it uses.
 *
 * @param subject digest of the manifest that this root speaks of; empty if none
 * @param weak held by its subject, and gone when that goes
 * @param repository its name without tag and digest; empty for a tag alone and without a name
 * @param total all that it reaches
 * @param unique what only it reaches: what deleting it gives back; zero for a weak root
 * @param created when what it names was made, as that says; empty if it does not
 */
public record RootUsage(
    long id,
    RootKey key,
    String mediaType,
    String subject,
    boolean weak,
    String repository,
    Size total,
    Size unique,
    String created) {
  public long totalBytes() {
    return total.bytes();
  }

  public long uniqueBytes() {
    return unique.bytes();
  }

  public long sharedBytes() {
    return total.bytes() - unique.bytes();
  }
}
