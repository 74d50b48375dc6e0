package io.github.ocigc.engine;

import io.github.ocigc.oci.Digest;
import java.util.List;

/**
 * What a delete or prune did, or with {@code dryRun} would do.
 *
 * @param references the roots that were named and dropped
 * @param referrersDropped weak roots that went because their subject did
 * @param freed blobs whose file was removed, holders before what they held
 * @param keptSharedBlobs blobs below the references that something else holds
 * @param deferred what a transfer under way still uses: it goes when that ends
 * @param hardLinkedBlobs of the freed, how many files have other names: removing ours gave no space
 *     back
 * @param partialBytes of broken-off downloads, removed with the rest by a prune
 * @param spared contents that stay because they are damaged or lie below damage
 * @param failed blobs that could not be removed now; the next command tries again
 */
public record DeleteReport(
    List<String> references,
    List<String> referrersDropped,
    List<Freed> freed,
    long freedBytes,
    long keptSharedBlobs,
    Deferred deferred,
    long hardLinkedBlobs,
    long partialBytes,
    List<Digest> spared,
    List<Failed> failed,
    boolean dryRun) {
  /** What goes later, and the transfers that it waits for. */
  public record Deferred(long blobs, long bytes, List<String> users) {
    static final Deferred NONE = new Deferred(0, 0, List.of());

    public Deferred {
      users = List.copyOf(users);
    }
  }

  /** A blob that is gone. */
  public record Freed(Digest digest, long sizeBytes) {}

  /** A blob that would not go. */
  public record Failed(Digest digest, String reason) {}
}
