/** {@code make run}, tried. */
@NullMarked
package dev.shedmaster.suite.run;

import org.jspecify.annotations.NullMarked;
