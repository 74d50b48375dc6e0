/**
 * The command line: finds the store, runs one verb, prints its report as text for people or as one
 * JSON document for scripts, and turns the outcome into an exit code. Nothing below this package
 * prints or exits. Every name that comes from a store passes {@link io.github.ocigc.cli.Plain}
 * before it reaches a terminal.
 */
@NullMarked
package io.github.ocigc.cli;

import org.jspecify.annotations.NullMarked;
