/**
 * What parts of the program cost in a warm process: {@code mvn -q -Pbench verify}, by JMH.
 *
 * <p>What ends in an fsync is measured in two places: on the disk, and in memory (tmpfs), where an
 * fsync costs nothing. The difference is the disk's, the rest is ours. Whole processes are measured
 * by {@code src/bench/whole}.
 */
@NullMarked
package io.github.ocigc.bench;

import org.jspecify.annotations.NullMarked;
