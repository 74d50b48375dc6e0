/** What the program promises of whole stores, told as stories. */
@NullMarked
package io.github.ocigc;

import org.jspecify.annotations.NullMarked;
