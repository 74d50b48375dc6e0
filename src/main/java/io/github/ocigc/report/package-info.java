/**
 * The page that {@code report} writes: one file that needs no network and no other file. The
 * libraries that draw it are taken into the program by the build and written into each page.
 *
 * <p>Nothing of a store becomes markup: what is shown comes as JSON in an element that no browser
 * runs, and the page's script writes it as text. Were that to fail, the page's own policy lets no
 * script run but those whose hashes it names.
 */
@NullMarked
package io.github.ocigc.report;

import org.jspecify.annotations.NullMarked;
