/** Values and their texts. */
@NullMarked
package io.github.ocigc.oci;

import org.jspecify.annotations.NullMarked;
