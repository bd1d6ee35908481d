package dev.shedmaster.core.planning;

import java.util.ArrayList;
import java.util.List;

/** Finds the jobs that no pool serves, and says what the nearest pool lacks. */
final class Unmatched {
    private Unmatched() {}

    static List<UnmatchedDemand> in(Demand demand, List<PoolView> pools) {
        List<UnmatchedDemand> unmatched = new ArrayList<>();
        for (DemandClass waiting : demand.classes()) {
            if (waiting.flexibility() == 0) {
                unmatched.add(new UnmatchedDemand(
                        waiting.oldest().source(),
                        waiting.requirement(),
                        waiting.jobs(),
                        waiting.oldest(),
                        whyNot(waiting, pools)));
            }
        }
        return unmatched;
    }

    private static String whyNot(DemandClass waiting, List<PoolView> pools) {
        PoolView nearest = null;
        List<String> unmet = List.of();
        for (PoolView pool : pools) {
            if (!pool.service().source().equals(waiting.oldest().source())) {
                continue;
            }
            List<String> lacks = waiting.requirement()
                    .unmetBy(pool.service().labels(), pool.service().exclusive());
            if (nearest == null || lacks.size() < unmet.size()) {
                nearest = pool;
                unmet = lacks;
            }
        }
        if (nearest == null) {
            return "no pool works for " + waiting.oldest().source();
        }
        String name = "the nearest pool, " + nearest.name() + ", ";
        return name + (unmet.isEmpty() ? "is being deleted" : String.join(" and ", unmet));
    }
}
