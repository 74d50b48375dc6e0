package io.github.ocigc.engine;

import io.github.ocigc.oci.Descriptor;
import io.github.ocigc.oci.Digest;
import io.github.ocigc.store.BlobStat;
import io.github.ocigc.store.Store;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Adds up what a delivery brought and what was here already. */
final class DeliveryCount {
  private final Store store;
  private final Set<Digest> brought;
  private final Set<Digest> absent;
  private final Map<String, Digest> replaced;

  DeliveryCount(Store store, Reception reception, Map<String, Digest> replaced) {
    this.store = store;
    this.brought = new HashSet<>(reception.brought());
    this.absent = reception.absent();
    this.replaced = replaced;
  }

  List<DeliveryReport.Delivered> of(List<Image> images) {
    List<DeliveryReport.Delivered> delivered = new ArrayList<>();
    images.forEach(image -> delivered.add(of(image)));
    return delivered;
  }

  private DeliveryReport.Delivered of(Image image) {
    long blobs = 0;
    long bytes = 0;
    long reusedBlobs = 0;
    long reusedBytes = 0;
    List<Digest> lacking = new ArrayList<>();
    for (Map.Entry<Digest, Long> content : sizes(image).entrySet()) {
      if (absent.contains(content.getKey())) {
        lacking.add(content.getKey());
      } else if (brought.remove(content.getKey())) {
        blobs++;
        bytes += content.getValue();
      } else {
        reusedBlobs++;
        reusedBytes += content.getValue();
      }
    }
    Image.Entry entry = image.entries().get(0);
    return new DeliveryReport.Delivered(
        entry.name(),
        entry.descriptor().digest(),
        blobs,
        bytes,
        reusedBlobs,
        reusedBytes,
        lacking,
        image.entries().size() - 1,
        Optional.ofNullable(replaced.get(entry.name())),
        store.keepsUntaggedRoots());
  }

  private Map<Digest, Long> sizes(Image image) {
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
