package dev.shedmaster.core.planning;

import dev.shedmaster.core.demand.OutsideAgents;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds the jobs that no pool serves, and says what the nearest pool lacks and who else can take them. */
final class Unmatched {
    private Unmatched() {}

    static List<UnmatchedDemand> in(Demand demand, List<PoolView> pools, Map<String, SourceView> sources) {
        List<UnmatchedDemand> unmatched = new ArrayList<>();
        for (DemandClass waiting : demand.classes()) {
            if (waiting.flexibility() == 0) {
                unmatched.add(new UnmatchedDemand(
                        waiting.oldest().source(),
                        waiting.requirement(),
                        waiting.jobs(),
                        waiting.oldest(),
                        whyNot(waiting, pools),
                        elsewhere(waiting, sources)));
            }
        }
        return unmatched;
    }

    private static OutsideAgents.@Nullable Agent elsewhere(DemandClass waiting, Map<String, SourceView> sources) {
        SourceView source = sources.get(waiting.oldest().source());
        return source == null
                ? null
                : source.outside().whoCanTake(waiting.requirement()).orElse(null);
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
