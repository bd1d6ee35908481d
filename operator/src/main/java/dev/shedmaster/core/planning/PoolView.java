package dev.shedmaster.core.planning;

import dev.shedmaster.core.placement.Offering;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A pool as its owner wants it.
 *
 * @param name {@code namespace/name}
 * @param source whose jobs it serves, as {@code namespace/name} of the CI system's object
 * @param labels what its workers offer
 * @param exclusive whether its workers take only jobs that name one of the labels
 * @param slotsPerWorker how many jobs one worker runs at a time, at least 1
 * @param min how many workers there shall be at least, whether they work or wait; schedules are already counted in
 * @param max how many workers there may be at most, whatever their stage: a failed or leaving one has a machine too
 * @param scheduleNote which schedule sets min and until when, for a person; null if none does
 * @param maxNote which schedule sets max and until when, for a person; null if none does
 * @param idleTimeout how long a worker may wait for a job before it goes
 * @param priority which pool comes first when several want what only one can have; higher is first
 * @param weight how pools of one priority share: a pool of weight 2 gets twice the workers of one with weight 1
 * @param budget what it may cost; null if that does not matter
 * @param templateHash what a worker made now would be made from
 * @param ladder ways to get a machine, in the order in which to try them
 * @param history how its latest workers came up
 * @param machines how many machines of it its accounts show that are not on their way out; 0 where none was read lately
 * @param foresight demand that is not queued yet
 * @param blocker why nothing can be made for it until a person changes something, as a sentence; null if nothing is
 *     wrong
 * @param closing whether it is being deleted
 */
public record PoolView(
        String name,
        String source,
        Set<String> labels,
        boolean exclusive,
        int slotsPerWorker,
        int min,
        int max,
        @Nullable String scheduleNote,
        @Nullable String maxNote,
        Duration idleTimeout,
        int priority,
        int weight,
        @Nullable Budget budget,
        String templateHash,
        List<Offering> ladder,
        BootHistory history,
        int machines,
        Foresight foresight,
        @Nullable String blocker,
        boolean closing) {
    public PoolView {
        labels = Set.copyOf(labels);
        ladder = List.copyOf(ladder);
        require(slotsPerWorker >= 1, "slotsPerWorker", slotsPerWorker, "at least 1");
        require(weight >= 1, "weight", weight, "at least 1");
        require(min >= 0, "min", min, "at least 0");
        require(max >= 0, "max", max, "at least 0");
    }

    private static void require(boolean holds, String field, int value, String rule) {
        if (!holds) {
            throw new IllegalArgumentException("a pool's " + field + " must be " + rule + ", not " + value);
        }
    }
}
