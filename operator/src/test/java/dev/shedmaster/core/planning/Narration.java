package dev.shedmaster.core.planning;

import dev.shedmaster.core.planning.PoolPlan.PoolCounts;
import dev.shedmaster.core.planning.PoolPlan.WaitingJob;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Tells a plan, line by line. */
final class Narration {
    private final List<String> lines = new ArrayList<>();

    static List<String> of(FleetPlan plan) {
        Narration narration = new Narration();
        plan.pools().forEach(narration::pool);
        plan.unmatched()
                .forEach(unmatched -> narration.lines.add("unmatched " + unmatched.jobs() + " at " + unmatched.source()
                        + " for " + unmatched.requirement().describe() + ", first "
                        + unmatched.oldest().name() + ": " + unmatched.whyNot()));
        if (!plan.removalCandidates().isEmpty()) {
            List<String> candidates = new ArrayList<>();
            plan.removalCandidates().forEach((worker, since) -> candidates.add(worker + " since " + time(since)));
            narration.lines.add("may go: " + String.join(", ", candidates));
        }
        Instant look = plan.nextLook();
        narration.lines.add(look == null ? "nothing changes by itself" : "look again at " + time(look));
        return narration.lines;
    }

    private void pool(PoolPlan pool) {
        lines.add(pool.pool() + ": " + counts(pool.counts()) + "; "
                + pool.reasons().getFirst().text());
        Map<String, Integer> made = new LinkedHashMap<>();
        pool.creations()
                .forEach(creation -> made.merge(
                        creation.offering().describe() + " " + creation.why().text(), 1, Integer::sum));
        made.forEach((what, times) -> lines.add("  make " + times + " × " + what));
        pool.removals()
                .forEach(removal -> lines.add(
                        "  remove " + removal.worker() + ": " + removal.why().text()));
        pool.retirements()
                .forEach(removal -> lines.add(
                        "  retire " + removal.worker() + ": " + removal.why().text()));
        pool.reasons().stream().skip(1).forEach(reason -> lines.add("  " + reason.code() + ": " + reason.text()));
        waiting(pool.waiting());
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
    private void waiting(List<WaitingJob> waiting) {
        for (int first = 0; first < waiting.size(); ) {
            int next = first;
            while (next < waiting.size()
                    && waiting.get(next).why().equals(waiting.get(first).why())) {
                next++;
            }
            String jobs = waiting.get(first).job().name()
                    + (next - first > 1 ? " to " + waiting.get(next - 1).job().name() : "");
            lines.add("  " + jobs + ": " + waiting.get(first).why().text());
            first = next;
        }
    }

    private static String time(Instant instant) {
        return instant.toString().substring(11, 19);
    }
}
