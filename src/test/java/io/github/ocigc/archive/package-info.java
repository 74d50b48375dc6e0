/** Archives as tools write them, and as somebody would who means harm. */
@NullMarked
package io.github.ocigc.archive;

import org.jspecify.annotations.NullMarked;
