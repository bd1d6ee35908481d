/** Tests of the scripts behind the make targets. */
@NullMarked
package dev.shedmaster.suite.scripts;

import org.jspecify.annotations.NullMarked;
