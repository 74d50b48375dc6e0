package io.github.ocigc.ledger;

import io.github.ocigc.oci.Size;
import java.time.Instant;

/**
 * How large the store was after a command that changed it.
 *
 * @param roots tagged and untagged
 * @param blobs on disk but for those about to go
 */
public record UsageSample(Instant at, String action, long roots, long blobs, Size size) {}
