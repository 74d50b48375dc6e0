package io.github.ocigc.engine;

import io.github.ocigc.oci.Descriptor;
import io.github.ocigc.oci.Digest;
import io.github.ocigc.store.BlobStat;
import io.github.ocigc.store.Store;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Adds up what a delivery brought and what was here already. */
final class DeliveryCount {
  private final Store store;
  private final Image image;
  private final Reception reception;

  DeliveryCount(Store store, Image image, Reception reception) {
    this.store = store;
    this.image = image;
    this.reception = reception;
  }

  DeliveryReport report(Optional<Digest> replaced, double seconds, double ledgerSeconds) {
    Set<Digest> brought = reception.brought();
    Set<Digest> absent = reception.absent();
    long broughtBytes = 0;
    long reused = 0;
    long reusedBytes = 0;
    for (Map.Entry<Digest, Long> content : sizes().entrySet()) {
      if (brought.contains(content.getKey())) {
        broughtBytes += content.getValue();
      } else if (!absent.contains(content.getKey())) {
        reused++;
        reusedBytes += content.getValue();
      }
    }
    Image.Entry entry = image.entries().get(0);
    return new DeliveryReport(
        entry.name(),
        entry.descriptor().digest(),
        brought.size(),
        broughtBytes,
        reused,
        reusedBytes,
        absent.stream().sorted().toList(),
        image.entries().size() - 1,
        replaced,
        seconds,
        ledgerSeconds);
  }

  private Map<Digest, Long> sizes() {
    Map<Digest, Long> sizes = new LinkedHashMap<>();
    image.documents().forEach(p -> sizes.put(p.descriptor().digest(), (long) p.bytes().length));
    image.blobs().forEach(blob -> sizes.put(blob.digest(), size(blob)));
    return sizes;
  }

  private long size(Descriptor blob) {
    return blob.sizeBytes() >= 0
        ? blob.sizeBytes()
        : store.blobs().stat(blob.digest()).map(BlobStat::sizeBytes).orElse(0L);
  }
}
