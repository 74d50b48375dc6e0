package io.github.ocigc.ledger;

import io.github.ocigc.oci.RootKey;

/**
 * A row of {@code tag} with the content that it names.
 *
 * @param stamp of the named file when it was last read; see {@link io.github.ocigc.oci.Root}
 * @param subject digest of the manifest that this root speaks of; empty if none
 * @param weak held by its subject, and gone when that goes
 */
public record LedgerRoot(
    long id,
    RootKey key,
    Content content,
    String mediaType,
    String stamp,
    String subject,
    boolean weak) {}
