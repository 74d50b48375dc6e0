package io.github.ocigc.ledger;

import java.time.Instant;

/** Something that was done to the store. */
public record Event(
    Instant at, String action, String reference, long freedBlobs, long freedBytes) {}
