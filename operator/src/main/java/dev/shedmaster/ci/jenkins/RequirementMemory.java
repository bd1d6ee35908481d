package dev.shedmaster.ci.jenkins;

import dev.shedmaster.core.demand.Requirement;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What items were once seen to require. The requirement of an item never changes, but the sentence that tells it does: it
 * names the label now, and a moment later, when one node matches, only that node. Items that left the queue are forgotten.
 */
final class RequirementMemory {
    /** More unlabelled items than a queue ever holds; what lies beyond is read anew each time. */
    private static final int MOST_ITEMS = 200_000;

    private enum Standing {
        TOLD,
        GUESSED,
        /** A guess that one reading speaks against. Nodes come and go while a reading is taken: one proves nothing. */
        DOUBTED,
        /** A guess that two readings in a row speak against. */
        REFUTED
    }

    private record Known(Requirement requirement, Standing standing) {}

    private Map<Long, Known> known = Map.of();
    private Map<Long, Known> seen = new HashMap<>();

    /** What it was told or guessed to require; null if nothing is known, or the guess was refuted. */
    @Nullable
    Requirement recall(long item) {
        Known before = known.get(item);
        if (before == null) {
            return null;
        }
        keep(item, before);
        return before.standing() == Standing.REFUTED ? null : before.requirement();
    }

    /** Whether what is remembered was told outright, not guessed from a node. */
    boolean isCertain(long item) {
        Known before = known.get(item);
        return before != null && before.standing() == Standing.TOLD;
    }

    /** Remembers what was told outright. */
    void remember(long item, Requirement requirement) {
        keep(item, new Known(requirement, Standing.TOLD));
    }

    /**
     * Remembers a guess.
     *
     * @param contradicted whether this reading speaks against it
     * @return whether it holds: once it was refuted it never does again
     */
    boolean guess(long item, Requirement requirement, boolean contradicted) {
        Known before = known.get(item);
        Standing standing = standing(before == null ? Standing.GUESSED : before.standing(), contradicted);
        keep(item, new Known(requirement, standing));
        return standing != Standing.REFUTED;
    }

    private static Standing standing(Standing before, boolean contradicted) {
        return switch (before) {
            case REFUTED -> Standing.REFUTED;
            case DOUBTED -> contradicted ? Standing.REFUTED : Standing.GUESSED;
            case TOLD, GUESSED -> contradicted ? Standing.DOUBTED : Standing.GUESSED;
        };
    }

    /** Begins a reading; what an unfinished one before it noted is dropped. */
    void beginReading() {
        seen = new HashMap<>();
    }

    /** Ends a reading: what was neither recalled nor remembered in it has left the queue. */
    void endReading() {
        known = seen;
        seen = new HashMap<>();
    }

    private void keep(long item, Known what) {
        if (seen.size() < MOST_ITEMS) {
            seen.put(item, what);
        }
    }
}
