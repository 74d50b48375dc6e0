/** The program dying, or meeting another of its kind, at every moment that matters. */
@NullMarked
package io.github.ocigc.crash;

import org.jspecify.annotations.NullMarked;
