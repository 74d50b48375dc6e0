package io.github.ocigc.ledger;

import io.github.ocigc.oci.Digest;
import io.github.ocigc.oci.Document;
import io.github.ocigc.oci.Form;
import java.util.Optional;

/** A content that something held names now, as the disk has it. */
public record Arrival(Digest digest, Form form, long sizeBytes, Optional<Document> document) {}
