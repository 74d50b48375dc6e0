/** The web console: whom it lets in, what it answers, and what it leaves. */
@NullMarked
package io.github.ocigc.console;

import org.jspecify.annotations.NullMarked;
