package io.github.ocigc.engine;

import io.github.ocigc.oci.Descriptor;
import io.github.ocigc.oci.OcigcException;
import io.github.ocigc.registry.Repository;
import java.util.Comparator;
import java.util.List;

/** Blobs of a registry, several at a time, the largest first. */
final class RegistryBlobs implements BlobSupply {
  private final Repository repository;
  private final Lanes lanes;

  RegistryBlobs(Repository repository, Lanes lanes) {
    this.repository = repository;
    this.lanes = lanes;
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
    try {
      reception.take(blob, "pulled", (sink, moved) -> repository.fetchBlob(blob, sink, moved));
    } catch (OcigcException.NotFound e) {
      reception.lacks(blob, e);
    }
  }
}
