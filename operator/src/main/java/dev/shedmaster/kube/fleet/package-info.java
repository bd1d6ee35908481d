/** One planning step for the whole fleet: gather what is known, ask the planner, carry out its plan. */
@NullMarked
package dev.shedmaster.kube.fleet;

import org.jspecify.annotations.NullMarked;
