package io.github.ocigc.oci;

/**
 * What a content is said to be (OCI image-spec 1.1, descriptor.md).
 *
 * @param mediaType empty if it is not said
 * @param sizeBytes -1 if it is not said
 */
public record Descriptor(String mediaType, Digest digest, long sizeBytes) {}
