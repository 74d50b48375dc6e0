package io.github.ocigc.store;

import io.github.ocigc.oci.Size;

/**
 * What a store has beside its blobs.
 *
 * @param files how many, without the folders
 * @param size the lengths of the files; the blocks of files and folders
 */
public record OtherUsage(long files, Size size) {}
