package dev.shedmaster.core.planning;

import dev.shedmaster.core.demand.OutsideAgents;
import dev.shedmaster.core.demand.QueuedJob;
import dev.shedmaster.core.demand.Requirement;
import org.jspecify.annotations.Nullable;

/**
 * Jobs that no pool serves: they wait for ever, unless an agent outside the fleet takes them.
 *
 * @param source where they wait
 * @param requirement what they ask for
 * @param jobs how many
 * @param oldest the one that has waited longest
 * @param whyNot why not even the nearest pool serves them, as a sentence
 * @param elsewhere an agent outside the fleet that can take them, busy or away though it may be; null if there is none
 */
public record UnmatchedDemand(
        String source,
        Requirement requirement,
        int jobs,
        QueuedJob oldest,
        String whyNot,
        OutsideAgents.@Nullable Agent elsewhere) {

    /** Whether they would wait for ever. */
    public boolean isForNobody() {
        return elsewhere == null;
    }
}
