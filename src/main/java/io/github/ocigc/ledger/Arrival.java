package io.github.ocigc.ledger;

import io.github.ocigc.oci.Digest;
import io.github.ocigc.oci.Document;
import io.github.ocigc.oci.Form;
import io.github.ocigc.oci.Size;
import java.util.Optional;

/** A content that something held names now, as the disk has it. */
public record Arrival(Digest digest, Form form, Size size, Optional<Document> document) {}
