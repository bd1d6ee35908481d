package dev.shedmaster.kube.fleet;

import dev.shedmaster.core.planning.Reason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What was decided and carried out, until it is told in the pools' histories. */
public final class Decisions {

    /**
     * One of them.
     *
     * @param at when
     * @param workers the number of workers that it is about
     * @param created whether they were made; else they were told to go
     * @param why one of the planner's reasons
     */
    public record Decided(Instant at, int workers, boolean created, Reason why) {}

    private final Map<String, List<Decided>> untold = new HashMap<>();

    synchronized void add(String pool, Decided decided) {
        untold.computeIfAbsent(pool, p -> new ArrayList<>()).add(decided);
    }

    /** What was decided for a pool and not yet taken, oldest first. */
    public synchronized List<Decided> take(String pool) {
        List<Decided> decided = untold.remove(pool);
        return decided == null ? List.of() : decided;
    }

    /** What was taken could not be told after all: it is to be taken again. */
    public synchronized void giveBack(String pool, List<Decided> decided) {
        if (!decided.isEmpty()) {
            untold.computeIfAbsent(pool, p -> new ArrayList<>()).addAll(0, decided);
        }
    }
}
