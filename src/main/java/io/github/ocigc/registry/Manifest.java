package io.github.ocigc.registry;

import io.github.ocigc.oci.Descriptor;
import io.github.ocigc.oci.Digest;

/**
 * A manifest or index as a registry gave it, byte for byte; the digest is that of the bytes.
 *
 * @param mediaType empty if neither the registry nor the document says one
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and the bytes are the point
public record Manifest(String mediaType, Digest digest, byte[] bytes) {
  public Descriptor descriptor() {
    return new Descriptor(mediaType, digest, bytes.length);
  }
}
