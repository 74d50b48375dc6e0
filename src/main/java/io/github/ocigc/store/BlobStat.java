package io.github.ocigc.store;

import java.time.Instant;

/**
 * What lies in a blob's place.
 *
 * @param regular false for a symbolic link, a folder or a device: never touched
 * @param links how many names the file has; above 1, removing ours frees no space
 */
public record BlobStat(boolean regular, long sizeBytes, Instant modified, int links) {}
