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

    private record Known(Requirement requirement, boolean certain) {}

    private Map<Long, Known> known = Map.of();
    private Map<Long, Known> seen = new HashMap<>();

    @Nullable
    Requirement recall(long item) {
        Known before = known.get(item);
        if (before == null) {
            return null;
        }
        keep(item, before);
        return before.requirement();
    }

    /** Whether what is remembered was told outright, not guessed from a node. */
    boolean isCertain(long item) {
        Known before = known.get(item);
        return before != null && before.certain();
    }

    void remember(long item, Requirement requirement, boolean certain) {
        keep(item, new Known(requirement, certain));
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
