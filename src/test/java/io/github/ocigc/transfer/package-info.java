/**
 * Pulls, pushes, imports and exports: what they bring and send, against registries good and bad;
 * beside other commands, other tools and other transfers; and what they leave when they die.
 */
@NullMarked
package io.github.ocigc.transfer;

import org.jspecify.annotations.NullMarked;
