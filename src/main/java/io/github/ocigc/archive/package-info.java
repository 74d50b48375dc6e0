/** Images outside of a store: layout folders, OCI archives, what {@code docker save} writes. */
@NullMarked
package io.github.ocigc.archive;

import org.jspecify.annotations.NullMarked;
