/** The command line, and the one place where everything is put together. */
@NullMarked
package dev.shedmaster.cli;

import org.jspecify.annotations.NullMarked;
