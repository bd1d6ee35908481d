/** When something that nobody accounts for may be taken for a leak. */
@NullMarked
package dev.shedmaster.core.leak;

import org.jspecify.annotations.NullMarked;
