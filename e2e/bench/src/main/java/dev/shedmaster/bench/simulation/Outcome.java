package dev.shedmaster.bench.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What came of a run.
 *
 * @param waits of the jobs that got a machine, from being asked for until they started; the shortest first
 * @param waitsBeyondBoot of these waits the part in which no machine for the job was booting, see {@link Coverage}: what the
 *     rule and its system are to blame for; the shortest first
 * @param lastStart from the first job's being asked for until the last one started
 * @param stuck jobs that never ended
 * @param machines how many were made
 * @param unused of these, how many never ran a job to its end
 * @param paid machines' time from the provider's taking of the call until they were gone
 * @param idle machines' time between connecting and going in which they had no job
 * @param busy the jobs' time
 * @param cost the paid time at the pools' prices
 * @param runs how many runs this sums up
 */
public record Outcome(
        List<Duration> waits,
        List<Duration> waitsBeyondBoot,
        Duration lastStart,
        int stuck,
        int machines,
        int unused,
        Duration paid,
        Duration idle,
        Duration busy,
        double cost,
        int runs) {
    private static final double HOUR = Duration.ofHours(1).toMillis();

    public Outcome {
        waits = waits.stream().sorted().toList();
        waitsBeyondBoot = waitsBeyondBoot.stream().sorted().toList();
    }

    static Outcome of(List<Job> jobs, List<Machine> machines, Instant end) {
        List<Duration> waits = new ArrayList<>();
        List<Duration> beyondBoot = new ArrayList<>();
        Instant firstQueued = end;
        Instant lastStart = Instant.MIN;
        Duration busy = Duration.ZERO;
        int stuck = 0;
        for (Job job : jobs) {
            Instant started = job.startedAt();
            if (started != null) {
                waits.add(Duration.between(job.queuedAt(), started));
                beyondBoot.add(job.uncovered());
                firstQueued = job.queuedAt().isBefore(firstQueued) ? job.queuedAt() : firstQueued;
                lastStart = started.isAfter(lastStart) ? started : lastStart;
            }
            if (job.isEnded()) {
                busy = busy.plus(job.task().duration());
            } else {
                stuck++;
            }
        }
        Duration paid = Duration.ZERO;
        Duration idle = Duration.ZERO;
        double cost = 0;
        int unused = 0;
        for (Machine machine : machines) {
            paid = paid.plus(machine.paid(end));
            idle = idle.plus(machine.idle(end));
            cost += machine.paid(end).toMillis() / HOUR * machine.pool().hourlyPrice();
            unused += machine.jobsEnded() == 0 ? 1 : 0;
        }
        return new Outcome(
                waits,
                beyondBoot,
                waits.isEmpty() ? Duration.ZERO : Duration.between(firstQueued, lastStart),
                stuck,
                machines.size(),
                unused,
                paid,
                idle,
                busy,
                cost,
                1);
    }

    /** Several runs as one: all their jobs and machines, and the mean of their last starts. */
    public static Outcome together(List<Outcome> outcomes) {
        List<Duration> waits = new ArrayList<>();
        List<Duration> beyondBoot = new ArrayList<>();
        Duration lastStart = Duration.ZERO;
        Duration paid = Duration.ZERO;
        Duration idle = Duration.ZERO;
        Duration busy = Duration.ZERO;
        double cost = 0;
        int stuck = 0;
        int machines = 0;
        int unused = 0;
        int runs = 0;
        for (Outcome outcome : outcomes) {
            waits.addAll(outcome.waits);
            beyondBoot.addAll(outcome.waitsBeyondBoot);
            lastStart = lastStart.plus(outcome.lastStart.multipliedBy(outcome.runs));
            stuck += outcome.stuck;
            machines += outcome.machines;
            unused += outcome.unused;
            paid = paid.plus(outcome.paid);
            idle = idle.plus(outcome.idle);
            busy = busy.plus(outcome.busy);
            cost += outcome.cost;
            runs += outcome.runs;
        }
        return new Outcome(
                waits,
                beyondBoot,
                lastStart.dividedBy(Math.max(1, runs)),
                stuck,
                machines,
                unused,
                paid,
                idle,
                busy,
                cost,
                runs);
    }

    public double meanWait() {
        return mean(waits);
    }

    /**
     * What that share of the jobs waited at most, in seconds.
     *
     * @param share such as 0.95
     */
    public double waitQuantile(double share) {
        return quantile(waits, share);
    }

    public double meanWaitBeyondBoot() {
        return mean(waitsBeyondBoot);
    }

    /** The same without the time in which a machine for the job was booting. */
    public double waitBeyondBootQuantile(double share) {
        return quantile(waitsBeyondBoot, share);
    }

    public double machinesPerJob() {
        return machines / (double) waits.size();
    }

    /** Seconds. */
    private static double mean(List<Duration> sorted) {
        return sorted.stream().mapToDouble(Outcome::seconds).average().orElse(0);
    }

    /** The smallest of them that so many are not above, in seconds. */
    private static double quantile(List<Duration> sorted, double share) {
        if (sorted.isEmpty()) {
            return 0;
        }
        return seconds(sorted.get(Math.max(0, (int) Math.ceil(share * sorted.size()) - 1)));
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
