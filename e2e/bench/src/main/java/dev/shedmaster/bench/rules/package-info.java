/**
 * How systems size their fleets: ours, with the planner itself, and the peers', written down from their sources' facts as
 * {@code reference/scaling-policy.md} section 1 tells them. One file a rule; each begins with where its facts are from.
 */
@NullMarked
package dev.shedmaster.bench.rules;

import org.jspecify.annotations.NullMarked;
