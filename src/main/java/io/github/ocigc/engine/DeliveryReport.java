package io.github.ocigc.engine;

import io.github.ocigc.oci.Digest;
import java.util.List;
import java.util.Optional;

/**
 * What a pull or an import brought. Manifests and indexes are counted among the blobs.
 *
 * @param reference the name that it has in the store; empty if it has none
 * @param digest what that names there
 * @param reusedBlobs what was here already
 * @param absent blobs that the image names and its source has not, and may do without
 * @param referrers signatures, SBOMs and the like that came along
 * @param replaced what the name stood for before
 * @param seconds all of it
 * @param ledgerSeconds how much of that the store was locked and the ledger open
 */
public record DeliveryReport(
    String reference,
    Digest digest,
    long downloadedBlobs,
    long downloadedBytes,
    long reusedBlobs,
    long reusedBytes,
    List<Digest> absent,
    long referrers,
    Optional<Digest> replaced,
    double seconds,
    double ledgerSeconds) {
  public DeliveryReport {
    absent = List.copyOf(absent);
  }
}
