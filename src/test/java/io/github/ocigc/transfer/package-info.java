/** Pull, push, import and export, run as a person or a script would. */
@NullMarked
package io.github.ocigc.transfer;

import org.jspecify.annotations.NullMarked;
