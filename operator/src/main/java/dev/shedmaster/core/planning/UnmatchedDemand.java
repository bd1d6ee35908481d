package dev.shedmaster.core.planning;

import dev.shedmaster.core.demand.QueuedJob;
import dev.shedmaster.core.demand.Requirement;

/**
 * Jobs that no pool serves: they would wait for ever.
 *
 * @param source where they wait
 * @param requirement what they ask for
 * @param jobs how many
 * @param oldest the one that has waited longest
 * @param whyNot why not even the nearest pool serves them, as a sentence
 */
public record UnmatchedDemand(String source, Requirement requirement, int jobs, QueuedJob oldest, String whyNot) {}
