/** The commands one by one, run as a person or a script would. */
@NullMarked
package io.github.ocigc.verb;

import org.jspecify.annotations.NullMarked;
