package dev.shedmaster.core.planning;

import dev.shedmaster.core.placement.Offering;
import dev.shedmaster.core.slot.Need;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A pool as its owner wants it, and what has become of it so far.
 *
 * @param name {@code namespace/name}
 * @param service whose jobs its workers take
 * @param size how many workers it shall have
 * @param share what it gets of what several pools want
 * @param making what its workers are made of
 * @param state what is seen of it, and what is expected
 */
public record PoolView(String name, Service service, Size size, Share share, Making making, State state) {

    /**
     * Whose jobs a pool's workers take.
     *
     * @param source whose, as {@code namespace/name} of the CI system's object
     * @param labels what its workers offer
     * @param exclusive whether its workers take only jobs that name one of the labels
     * @param slotsPerWorker how many jobs one worker runs at a time, at least 1
     */
    public record Service(String source, Set<String> labels, boolean exclusive, int slotsPerWorker) {
        public Service {
            labels = Set.copyOf(labels);
            require(slotsPerWorker >= 1, "slotsPerWorker", slotsPerWorker, "at least 1");
        }
    }

    /**
     * How many workers a pool shall have.
     *
     * @param min how many there shall be at least, whether they work or wait; schedules are already counted in
     * @param max how many there may be at most, whatever their stage: a failed or leaving one has a machine too
     * @param minNote which schedule sets min and until when, for a person; null if none does
     * @param maxNote which schedule sets max and until when, for a person; null if none does
     * @param idleTimeout how long a worker may wait for a job before it goes
     */
    public record Size(
            int min,
            int max,
            @Nullable String minNote,
            @Nullable String maxNote,
            Duration idleTimeout) {
        public Size {
            require(min >= 0, "min", min, "at least 0");
            require(max >= 0, "max", max, "at least 0");
        }

        /** A size that no schedule sets. */
        public Size(int min, int max, Duration idleTimeout) {
            this(min, max, null, null, idleTimeout);
        }
    }

    /**
     * What a pool gets of what several pools want.
     *
     * @param priority which pool comes first when several want what only one can have; higher is first
     * @param weight how pools of one priority share: a pool of weight 2 gets twice the workers of one with weight 1
     * @param budget what it may cost; null if that does not matter
     */
    public record Share(int priority, int weight, @Nullable Budget budget) {
        public Share {
            require(weight >= 1, "weight", weight, "at least 1");
        }
    }

    /**
     * What a pool's workers are made of.
     *
     * @param templateHash what a worker made now would be made from
     * @param ladder ways to get a machine, in the order in which to try them
     * @param needs what the pool's workers need of hosts of one's own, by the placement; one for each offering that is a slot
     * @param blocker why nothing can be made for it until a person changes something, as a sentence; null if nothing is
     *     wrong
     */
    public record Making(
            String templateHash,
            List<Offering> ladder,
            Map<String, Need> needs,
            @Nullable String blocker) {
        public Making {
            ladder = List.copyOf(ladder);
            needs = Map.copyOf(needs);
            for (Offering offering : ladder) {
                if (offering.slot() != null && !needs.containsKey(offering.placement())) {
                    throw new IllegalArgumentException(
                            "nothing says what placement " + offering.placement() + " needs of hosts");
                }
            }
        }

        /** A pool whose machines are all rented. */
        public Making(String templateHash, List<Offering> ladder, @Nullable String blocker) {
            this(templateHash, ladder, Map.of(), blocker);
        }
    }

    /**
     * What is seen of a pool, and what is expected.
     *
     * @param history how its latest workers came up
     * @param machines how many machines of it its accounts show that are not on their way out; 0 where none was read lately
     * @param foresight demand that is not queued yet
     * @param closing whether it is being deleted
     */
    public record State(BootHistory history, int machines, Foresight foresight, boolean closing) {
        /** Nothing is known of it. */
        public static final State NEW = new State(BootHistory.NONE, 0, Foresight.NONE, false);
    }

    private static void require(boolean holds, String field, int value, String rule) {
        if (!holds) {
            throw new IllegalArgumentException("a pool's " + field + " must be " + rule + ", not " + value);
        }
    }
}
