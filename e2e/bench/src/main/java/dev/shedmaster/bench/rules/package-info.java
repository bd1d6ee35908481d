/**
 * How systems size their fleets: ours, with the planner itself, and the peers', written down from what their
 * sources do. One file a rule; each begins with where its facts are from.
 */
@NullMarked
package dev.shedmaster.bench.rules;

import org.jspecify.annotations.NullMarked;
