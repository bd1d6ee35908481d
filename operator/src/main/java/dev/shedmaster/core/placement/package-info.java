/** Ways to get a machine, and the memory of those that just failed. */
@NullMarked
package dev.shedmaster.core.placement;

import org.jspecify.annotations.NullMarked;
