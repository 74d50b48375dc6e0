package io.github.ocigc.ledger;

import io.github.ocigc.oci.Role;

/** An edge's identity. */
public record EdgeKey(long holderId, long heldId, Role role) {}
