/** Adapters of the CI systems, and what they share. */
@NullMarked
package dev.shedmaster.ci;

import org.jspecify.annotations.NullMarked;
