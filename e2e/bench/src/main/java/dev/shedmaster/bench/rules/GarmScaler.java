package dev.shedmaster.bench.rules;

import dev.shedmaster.bench.simulation.Job;
import dev.shedmaster.bench.simulation.Machine;
import dev.shedmaster.bench.simulation.Pool;
import dev.shedmaster.bench.simulation.Scaler;
import dev.shedmaster.bench.simulation.Site;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/** The loops of {@link GarmPools}. */
final class GarmScaler implements Scaler {
    private static final Duration CONSOLIDATION = Duration.ofSeconds(5);
    private static final Duration SCALE_DOWN = Duration.ofMinutes(1);
    private static final Duration LOCKED_AT_MOST = Duration.ofMinutes(10);
    private static final Duration STALE = Duration.ofMinutes(10);

    /**
     * Recording a runner takes longer the more of them there are, for each step lists them all. Measured with a provider and a
     * GitHub that take no time: 1,000 in 77 to 86 s, 3,000 in 560 s, which is as the power 1.7.
     */
    private static final double POWER = 1.7;

    private static final double SECONDS_FOR_THOUSAND = 80;

    private final Site site;
    private final GarmPools rule;
    private final Map<Job, Known> queued = new LinkedHashMap<>();
    private final List<Pending> pending = new ArrayList<>();
    private final Map<Machine, Job> madeFor = new HashMap<>();
    private final List<Machine> toDelete = new ArrayList<>();
    private Instant busyUntil;

    /** What GARM knows of a job that waits. */
    private static final class Known {
        private final Instant createdAt;
        private Instant updatedAt;
        private boolean locked;

        Known(Instant now) {
            this.createdAt = now;
            this.updatedAt = now;
        }

        void lock(boolean next, Instant now) {
            locked = next;
            updatedAt = now;
        }
    }

    /** A runner that is recorded and not yet asked for. */
    private record Pending(Pool pool, Job job, Instant recordedAt) {}

    GarmScaler(Site site, GarmPools rule) {
        this.site = site;
        this.rule = rule;
        this.busyUntil = site.now();
        site.every(CONSOLIDATION, site.phase(CONSOLIDATION), this::consumeQueuedJobs);
        site.every(CONSOLIDATION, site.phase(CONSOLIDATION), this::addPending);
        site.every(CONSOLIDATION, site.phase(CONSOLIDATION), this::deletePending);
        site.every(SCALE_DOWN, site.phase(SCALE_DOWN), () -> site.pools().forEach(this::scaleDown));
    }

    @Override
    public void queued(Job job) {
        if (new SplittableRandom(job.number()).nextDouble() >= rule.lostHooks()) {
            queued.put(job, new Known(site.now()));
        }
    }

    /** The job that the runner was made for, if it is another one and still waits, is to get a new runner. */
    @Override
    public void started(Job job, Machine machine) {
        queued.remove(job);
        Job reason = madeFor.remove(machine);
        Known robbed = reason == null ? null : queued.get(reason);
        if (robbed != null && robbed.locked) {
            robbed.lock(false, site.now());
        }
    }

    @Override
    public void finished(Job job, Machine machine) {
        toDelete.add(machine);
    }

    private void consumeQueuedJobs() {
        Instant now = site.now();
        Map<Set<String>, Integer> turns = new HashMap<>();
        queued.forEach((job, known) -> {
            Duration age = Duration.between(known.updatedAt, now);
            if (age.compareTo(rule.backOff()) < 0) {
                return;
            }
            if (known.locked) {
                if (age.compareTo(LOCKED_AT_MOST) >= 0) {
                    known.lock(false, now);
                }
                return;
            }
            known.lock(true, now);
            recordRunner(job, turns.merge(job.needs(), 1, Integer::sum) - 1);
        });
    }

    /** Pools that serve the job take turns. */
    private void recordRunner(Job job, int turn) {
        List<Pool> serving =
                site.pools().stream().filter(pool -> pool.serves(job.needs())).toList();
        Instant now = site.now();
        busyUntil = (busyUntil.isAfter(now) ? busyUntil : now)
                .plus(timeToRecord(site.machines().size() + pending.size() + 1));
        pending.add(new Pending(serving.get(turn % serving.size()), job, busyUntil));
    }

    /** What the last of so many runners takes: the growth of the power law at that place. */
    static Duration timeToRecord(int runners) {
        double seconds = SECONDS_FOR_THOUSAND * POWER * Math.pow(runners / 1000.0, POWER - 1) / 1000;
        return Duration.ofNanos(Math.round(seconds * 1e9));
    }

    private void addPending() {
        pending.removeIf(runner -> {
            if (runner.recordedAt.isAfter(site.now())) {
                return false;
            }
            madeFor.put(site.launch(runner.pool), runner.job);
            return true;
        });
    }

    private void deletePending() {
        toDelete.forEach(site::retire);
        toDelete.clear();
    }

    /** Half of the idle runners beyond the jobs known to wait, of any label, go; old jobs that the pool serves are forgotten. */
    private void scaleDown(Pool pool) {
        List<Machine> idle = site.machines().stream()
                .filter(machine -> machine.pool().equals(pool) && machine.isIdle())
                .toList();
        int surplus = idle.size() - queued.size();
        if (surplus <= 0) {
            return;
        }
        idle.subList(0, Math.ceilDiv(surplus, 2)).forEach(site::retire);
        queued.entrySet()
                .removeIf(known -> pool.serves(known.getKey().needs())
                        && Duration.between(known.getValue().createdAt, site.now())
                                        .compareTo(STALE)
                                > 0);
    }
}
