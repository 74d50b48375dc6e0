/** The network: one registry at a time, by the OCI distribution-spec 1.1. */
@NullMarked
package io.github.ocigc.registry;

import org.jspecify.annotations.NullMarked;
