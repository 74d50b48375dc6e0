package io.github.ocigc.store;

import java.time.Instant;

/**
 * A blob's file.
 *
 * @param links how many names the file has; above 1, removing ours frees no space
 */
public record BlobStat(long sizeBytes, Instant modified, int links) {}
