package io.github.ocigc.engine;

import io.github.ocigc.oci.Descriptor;
import io.github.ocigc.oci.Digest;
import io.github.ocigc.oci.OcigcException;
import io.github.ocigc.registry.Repository;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Blobs of registries, several at a time, the largest first. */
final class RegistryBlobs implements BlobSupply {
  private final Lanes lanes;
  private final Map<Digest, Repository> homes = new HashMap<>();

  RegistryBlobs(Lanes lanes) {
    this.lanes = lanes;
  }

  /** The blobs of this image are to be had there. */
  void add(Image image, Repository repository) {
    image.blobs().forEach(blob -> homes.putIfAbsent(blob.digest(), repository));
  }

  @Override
  public void supply(List<Descriptor> missing, Reception reception) {
    List<Descriptor> largestFirst =
        missing.stream()
            .sorted(Comparator.comparingLong(Descriptor::sizeBytes).reversed())
            .toList();
    lanes.forEach(largestFirst, blob -> fetch(blob, reception));
  }

  private void fetch(Descriptor blob, Reception reception) {
    Repository home = Objects.requireNonNull(homes.get(blob.digest()));
    try {
      reception.take(blob, "pulled", (sink, moved) -> home.fetchBlob(blob, sink, moved));
    } catch (OcigcException.NotFound e) {
      reception.lacks(blob, e);
    }
  }
}
