/** Stores and ledgers in every bad state: nothing is removed, and a sentence says what to do. */
@NullMarked
package io.github.ocigc.damage;

import org.jspecify.annotations.NullMarked;
