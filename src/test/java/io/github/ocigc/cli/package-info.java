/** What a person sees while work goes on. */
@NullMarked
package io.github.ocigc.cli;

import org.jspecify.annotations.NullMarked;
