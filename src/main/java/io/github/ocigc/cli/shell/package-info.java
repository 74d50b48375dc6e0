/**
 * What a shell and a person are told of the command line without running it: completion scripts and
 * manual pages, written from picocli's model, so that they know what the program knows.
 *
 * <p>The scripts hold the commands and options, and ask the program itself only for what a store
 * holds. So they do not age with the store, and most keystrokes start no Java. Each script is a
 * file of fixed text, in which one line is replaced by what the model says. What picocli brings of
 * this was not enough: its scripts are for bash (zsh takes them by a detour, without descriptions;
 * fish does not), know no words but fixed ones, and its manual pages are AsciiDoc, which another
 * program must first make into pages.
 */
@NullMarked
package io.github.ocigc.cli.shell;

import org.jspecify.annotations.NullMarked;
