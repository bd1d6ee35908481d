/**
 * Jobs, machines and a scaling rule in virtual time: what a rule decides, without the systems around it. Pure and seeded:
 * the same workload, rule and conditions give the same run.
 *
 * <p>Read {@link dev.shedmaster.bench.simulation.Simulation} first, then
 * {@link dev.shedmaster.bench.simulation.ScalingRule}, which is what differs between the runs of a comparison.
 */
@NullMarked
package dev.shedmaster.bench.simulation;

import org.jspecify.annotations.NullMarked;
