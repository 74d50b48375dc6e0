/** The program beside the tools that write the same stores, the real ones. */
@NullMarked
package io.github.ocigc.peers;

import org.jspecify.annotations.NullMarked;
