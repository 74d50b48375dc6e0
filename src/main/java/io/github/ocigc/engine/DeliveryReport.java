package io.github.ocigc.engine;

import io.github.ocigc.oci.Digest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a pull or an import brought.
 *
 * @param seconds all of it
 * @param ledgerSeconds how much of that the store was locked or waited for, and the ledger open
 * @param sqlSeconds how much of that SQL was executed
 */
public record DeliveryReport(
    List<Delivered> images, double seconds, double ledgerSeconds, double sqlSeconds) {
  static final DeliveryReport NONE = after(0);

  public DeliveryReport {
    images = List.copyOf(images);
  }

  /** Nothing brought, in so many seconds. */
  static DeliveryReport after(double seconds) {
    return new DeliveryReport(List.of(), seconds, 0, 0);
  }

  DeliveryReport plus(DeliveryReport more) {
    List<Delivered> both = new ArrayList<>(images);
    both.addAll(more.images);
    return new DeliveryReport(
        both,
        seconds + more.seconds,
        ledgerSeconds + more.ledgerSeconds,
        sqlSeconds + more.sqlSeconds);
  }

  /**
   * One image. Manifests and indexes are counted among the blobs; what several images share is
   * downloaded for the first and reused for the others.
   *
   * @param reference the name that it has in the store; empty if it has none
   * @param digest what that names there
   * @param reusedBlobs what was here already
   * @param absent blobs that the image names and its source has not, and may do without
   * @param referrers signatures, SBOMs and the like that came along
   * @param replaced what the name stood for before
   * @param replacedIsRoot true where that has become an untagged root; else a prune may take it
   */
  public record Delivered(
      String reference,
      Digest digest,
      long downloadedBlobs,
      long downloadedBytes,
      long reusedBlobs,
      long reusedBytes,
      List<Digest> absent,
      long referrers,
      Optional<Digest> replaced,
      boolean replacedIsRoot) {
    public Delivered {
      absent = List.copyOf(absent);
    }
  }
}
