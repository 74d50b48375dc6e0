/** KraftKit's directory store and what is peculiar to it. */
@NullMarked
package io.github.ocigc.kraft;

import org.jspecify.annotations.NullMarked;
