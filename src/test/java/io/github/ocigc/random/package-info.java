/** Stores and deeds drawn by chance, judged by a second opinion. The seed of a failure is shown. */
@NullMarked
package io.github.ocigc.random;

import org.jspecify.annotations.NullMarked;
