/** Ways in which others lost data, each a test of ours. */
@NullMarked
package io.github.ocigc.accidents;

import org.jspecify.annotations.NullMarked;
