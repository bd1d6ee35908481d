package dev.shedmaster.core.planning;

import dev.shedmaster.core.demand.OutsideAgents;
import dev.shedmaster.core.planning.PoolPlan.PoolCounts;
import dev.shedmaster.core.planning.PoolPlan.Removal;
import dev.shedmaster.core.planning.PoolPlan.WaitingJob;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Tells a plan, line by line. */
final class Narration {
    private final List<String> lines = new ArrayList<>();

    static List<String> of(FleetPlan plan) {
        Narration narration = new Narration();
        plan.pools().forEach(narration::pool);
        plan.unmatched()
                .forEach(unmatched -> narration.lines.add("unmatched " + unmatched.jobs() + " at " + unmatched.source()
                        + " for " + unmatched.requirement().describe() + ", first "
                        + unmatched.oldest().name() + ": " + unmatched.whyNot() + elsewhere(unmatched.elsewhere())));
        if (!plan.removalCandidates().isEmpty()) {
            Map<Instant, List<String>> candidates = new TreeMap<>();
            plan.removalCandidates()
                    .forEach((worker, since) -> candidates
                            .computeIfAbsent(since, first -> new ArrayList<>())
                            .add(worker));
            candidates.forEach(
                    (since, workers) -> narration.lines.add("may go since " + time(since) + ": " + names(workers)));
        }
        Instant look = plan.nextLook();
        narration.lines.add(look == null ? "nothing changes by itself" : "look again at " + time(look));
        return narration.lines;
    }

    private static String elsewhere(OutsideAgents.@Nullable Agent agent) {
        return agent == null ? "" : "; but " + agent.name() + " can take them, " + agent.state();
    }

    private void pool(PoolPlan pool) {
        lines.add(pool.pool() + ": " + counts(pool.counts()) + "; "
                + pool.reasons().getFirst().text());
        Map<String, Integer> made = new LinkedHashMap<>();
        pool.creations()
                .forEach(creation -> made.merge(
                        creation.offering().describe() + " " + creation.why().text(), 1, Integer::sum));
        made.forEach((what, times) -> lines.add("  make " + times + " × " + what));
        going("remove", pool.removals());
        going("retire", pool.retirements());
        for (Reason reason : pool.reasons().subList(1, pool.reasons().size())) {
            lines.add("  " + reason.code() + (reason.equals(limit(pool)) ? ", as said" : ": " + reason.text()));
        }
        waiting(pool);
    }

    /** Workers in a row that go for the same reason are told in one line. */
    private void going(String how, List<Removal> removals) {
        Map<String, List<String>> byReason = new LinkedHashMap<>();
        removals.forEach(removal -> byReason.computeIfAbsent(removal.why().text(), why -> new ArrayList<>())
                .add(removal.worker()));
        byReason.forEach((why, workers) -> lines.add("  " + how + " " + names(workers) + ": " + why));
    }

    private static String names(List<String> workers) {
        return workers.size() < 4
                ? String.join(", ", workers)
                : workers.getFirst() + " to " + workers.getLast() + " (" + workers.size() + ")";
    }

    private static @Nullable Reason limit(PoolPlan pool) {
        return pool.reasons().getFirst() instanceof Sizing sizing ? sizing.limit() : null;
    }

    private static String counts(PoolCounts counts) {
        StringBuilder text = new StringBuilder().append(counts.queued()).append(" queued");
        part(text, counts.idle(), "idle");
        part(text, counts.busy(), "busy");
        part(text, counts.starting(), "starting");
        part(text, counts.draining(), "leaving");
        part(text, counts.failed(), "failed");
        return text.toString();
    }

    private static void part(StringBuilder text, int count, String what) {
        if (count > 0) {
            text.append(", ").append(count).append(' ').append(what);
        }
    }

    /** Jobs in a row that wait for the same are told in one line. */
    private void waiting(PoolPlan pool) {
        List<WaitingJob> waiting = pool.waiting();
        for (int first = 0; first < waiting.size(); ) {
            Reason why = waiting.get(first).why();
            int next = first;
            while (next < waiting.size() && waiting.get(next).why().equals(why)) {
                next++;
            }
            String jobs = waiting.get(first).job().name()
                    + (next - first > 1 ? " to " + waiting.get(next - 1).job().name() : "");
            lines.add("  " + jobs + ": " + (why.equals(limit(pool)) ? why.code() + ", as said" : why.text()));
            first = next;
        }
    }

    private static String time(Instant instant) {
        return instant.toString().substring(11, 19);
    }
}
