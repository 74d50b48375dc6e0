package io.github.ocigc.engine;

import io.github.ocigc.oci.Descriptor;
import java.util.List;

/** Where a delivery's blobs come from. */
interface BlobSupply {
  /** Gives each of these to the reception; returns when all have come, or throws. */
  void supply(List<Descriptor> missing, Reception reception);
}
