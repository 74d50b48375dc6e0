package io.github.ocigc.engine;

import io.github.ocigc.oci.Digest;
import io.github.ocigc.oci.Reference;

/**
 * What a push sent. Manifests and indexes are counted among the blobs.
 *
 * @param reference the name here; the digest if it was meant by that
 * @param target the name there
 * @param mountedBlobs taken by the registry from another of its repositories
 * @param existingBlobs there already
 */
public record PushReport(
    String reference,
    Reference target,
    Digest digest,
    long uploadedBlobs,
    long uploadedBytes,
    long mountedBlobs,
    long existingBlobs,
    double seconds) {}
