/** The scaling rule: one pure function from a view of the fleet to a plan with a reason for every number. */
@NullMarked
package dev.shedmaster.core.planning;

import org.jspecify.annotations.NullMarked;
