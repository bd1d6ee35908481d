/** The whole of Shedmaster, tried from outside. */
@NullMarked
package dev.shedmaster.suite;

import org.jspecify.annotations.NullMarked;
