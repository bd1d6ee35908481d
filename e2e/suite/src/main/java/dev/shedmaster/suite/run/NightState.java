package dev.shedmaster.suite.run;

import dev.shedmaster.lab.demand.DemandDriver;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a person sees at one moment of the night. All times are the night's own, but for those in what the operator says.
 *
 * @param queue by label expression
 * @param workers how many in each phase
 * @param hosts the dedicated servers
 * @param waiting what has waited longest
 * @param waitingJobs how many jobs wait in all
 * @param decisions newest first
 * @param remark something to be said under it all; empty for nothing
 */
record NightState(
        Instant now,
        double speed,
        int builds,
        DemandDriver.Progress jobs,
        List<QueuedLabel> queue,
        List<PoolRow> pools,
        Map<String, Integer> workers,
        Hosts hosts,
        Spent spent,
        Leftovers there,
        List<WaitingRow> waiting,
        int waitingJobs,
        List<DecisionRow> decisions,
        boolean unmatchedReported,
        Optional<String> remark) {

    NightState {
        queue = List.copyOf(queue);
        pools = List.copyOf(pools);
        waiting = List.copyOf(waiting);
        decisions = List.copyOf(decisions);
    }

    /** The jobs that ask for the same. */
    record QueuedLabel(String label, int jobs, Duration longest) {}

    /** A line of {@code kubectl get workerpools}. */
    record PoolRow(
            String name,
            String ready,
            int queued,
            int idle,
            int busy,
            int booting,
            int desired,
            int max,
            @Nullable String reason) {}

    /**
     * A job that waits, and for what.
     *
     * @param jobs how many it stands for
     */
    record WaitingRow(String job, int jobs, Duration waits, String why) {}

    /** Something that the operator decided. */
    record DecisionRow(Instant at, String pool, String text) {}

    /** How many of the jobs that wait are not among the first rows. */
    int waitingBeyond(int rows) {
        int shown = waiting.stream().limit(rows).mapToInt(WaitingRow::jobs).sum();
        return Math.max(0, waitingJobs - shown);
    }

    NightState with(String changed) {
        return new NightState(
                now,
                speed,
                builds,
                jobs,
                queue,
                pools,
                workers,
                hosts,
                spent,
                there,
                waiting,
                waitingJobs,
                decisions,
                unmatchedReported,
                Optional.of(changed));
    }
}
