package io.github.ocigc.oci;

/**
 * One edge that a document's JSON asks for: the document holds {@code digest} as {@code role}.
 *
 * @param position where the first descriptor of this digest and role stood in the document, from 0
 * @param mediaType as the descriptor says; empty if it says nothing
 * @param platform canonical platforms of the descriptors, joined by a comma; empty for one that has
 *     none
 * @param sizeBytes as the descriptor says; -1 if it says nothing
 */
public record Link(
    Role role, Digest digest, int position, String mediaType, String platform, long sizeBytes) {}
