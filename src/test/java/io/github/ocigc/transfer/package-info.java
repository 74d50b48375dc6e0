/**
 * Pulls, pushes and imports beside other commands, other tools and other transfers, and what they
 * leave when they die.
 */
@NullMarked
package io.github.ocigc.transfer;

import org.jspecify.annotations.NullMarked;
