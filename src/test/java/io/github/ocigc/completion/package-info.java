/** What shells make of the completion scripts, and man of the manual pages. */
@NullMarked
package io.github.ocigc.completion;

import org.jspecify.annotations.NullMarked;
