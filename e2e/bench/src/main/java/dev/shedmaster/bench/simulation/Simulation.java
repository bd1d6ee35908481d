package dev.shedmaster.bench.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * One rule serves one workload, event by event. The rule decides which machines are made and which go; which machine a job
 * runs on is decided as a CI system does: a machine takes the job that has waited longest of those that it serves, and a
 * job finds one of the idle machines that serve it, by chance.
 *
 * <p>A run goes on until every job has ended and every machine has gone. Machines that their rule keeps are looked at for two
 * hours more; jobs that got none within two days of the last are stuck.
 */
public final class Simulation {
    /** Rules are at work for so long before the workload begins. Jenkins' first look is after 100 s. */
    static final Duration LEAD = Duration.ofMinutes(10);

    private static final Instant START = Instant.EPOCH;
    private static final Duration LONGEST_KEPT = Duration.ofHours(2);
    private static final Duration PATIENCE = Duration.ofDays(2);

    private final Conditions conditions;
    private final boolean singleUse;
    private final Agenda agenda = new Agenda(START);
    private final List<Job> jobs = new ArrayList<>();
    private final List<List<Job>> followers = new ArrayList<>();
    private final int[] unmet;
    private final Set<Job> waiting = new LinkedHashSet<>();
    private final List<Machine> everMade = new ArrayList<>();
    private final Set<Machine> machines = new LinkedHashSet<>();
    private final TokenBucket provider;
    private final SplittableRandom phases;
    private final Coverage coverage;
    private final Scaler scaler;
    private final Instant windowEnd;
    private Instant lastEnd = START;
    private int ended;

    private Simulation(Workload workload, ScalingRule rule, Conditions conditions) {
        this.conditions = conditions;
        this.singleUse = rule.singleUse();
        this.provider = new TokenBucket(conditions.burst(), conditions.perSecond());
        this.phases = new SplittableRandom(conditions.seed());
        this.unmet = new int[workload.tasks().size()];
        this.windowEnd = START.plus(LEAD).plus(workload.length());
        this.coverage = new Coverage(workload.pools());
        this.scaler = rule.start(new View(workload.pools()));
        plan(workload);
    }

    /** Runs it to its end. */
    public static Outcome run(Workload workload, ScalingRule rule, Conditions conditions) {
        Simulation simulation = new Simulation(workload, rule, conditions);
        Instant latest = simulation.windowEnd.plus(PATIENCE);
        while (!simulation.isOver() && simulation.step(latest)) {
            // Each step is one event.
        }
        return Outcome.of(simulation.jobs, simulation.everMade, simulation.now());
    }

    private void plan(Workload workload) {
        for (Task task : workload.tasks()) {
            Job job = new Job(jobs.size(), task);
            jobs.add(job);
            followers.add(new ArrayList<>());
            unmet[job.number()] = task.after().size() + 1;
            task.after().forEach(before -> followers.get(before).add(job));
        }
        Deque<Job> inOrder = new ArrayDeque<>(jobs.stream()
                .sorted(Comparator.comparing(job -> job.task().arrival()))
                .toList());
        awaitArrival(inOrder);
    }

    /** Only the next arrival is on the agenda, which so stays short. */
    private void awaitArrival(Deque<Job> toCome) {
        Job next = toCome.peek();
        if (next != null) {
            Duration arrival = next.task().arrival();
            agenda.at(START.plus(LEAD).plus(arrival), () -> {
                do {
                    meet(toCome.remove());
                } while (!toCome.isEmpty() && toCome.element().task().arrival().equals(arrival));
                awaitArrival(toCome);
            });
        }
    }

    private Instant now() {
        return agenda.now();
    }

    /** Between two events nothing changes but the time that jobs have waited. */
    private boolean step(Instant latest) {
        if (!waiting.isEmpty()) {
            Instant next = agenda.next(latest);
            coverage.pass(now(), next, waiting, machines);
        }
        return agenda.step(latest);
    }

    private boolean isOver() {
        return ended == jobs.size()
                && !now().isBefore(windowEnd)
                && (machines.isEmpty() || !now().isBefore(lastEnd.plus(LONGEST_KEPT)));
    }

    /** One of the things has come that the job waits for. */
    private void meet(Job job) {
        if (--unmet[job.number()] == 0) {
            job.queue(now());
            waiting.add(job);
            scaler.queued(job);
            findMachine(job);
        }
    }

    private void findMachine(Job job) {
        Machine found = null;
        long best = Long.MAX_VALUE;
        for (Machine machine : machines) {
            if (machine.isIdle() && machine.pool().serves(job.needs())) {
                long lot = new SplittableRandom(job.number() * 1_000_003L + machine.number()).nextLong();
                if (found == null || lot < best) {
                    found = machine;
                    best = lot;
                }
            }
        }
        if (found != null) {
            run(job, found);
        }
    }

    private void findJob(Machine machine) {
        if (!machine.isIdle()) {
            return;
        }
        Iterator<Job> oldestFirst = waiting.iterator();
        while (oldestFirst.hasNext()) {
            Job job = oldestFirst.next();
            if (machine.pool().serves(job.needs())) {
                run(job, machine);
                return;
            }
        }
    }

    private void run(Job job, Machine machine) {
        waiting.remove(job);
        machine.run(job, now());
        agenda.at(now().plus(job.task().duration()), () -> finish(job, machine));
        scaler.started(job, machine);
    }

    private void finish(Job job, Machine machine) {
        machine.finish(now(), singleUse);
        ended++;
        lastEnd = now();
        if (machine.isRetired()) {
            remove(machine);
        }
        scaler.finished(job, machine);
        findJob(machine);
        followers.get(job.number()).forEach(this::meet);
    }

    private void connect(Machine machine) {
        if (!machine.isGone()) {
            machine.connect(now());
            scaler.connected(machine);
            findJob(machine);
        }
    }

    private void remove(Machine machine) {
        machine.go(now());
        machines.remove(machine);
    }

    /** What the rule gets to see. */
    private final class View implements Site {
        private final List<Pool> pools;

        View(List<Pool> pools) {
            this.pools = pools;
        }

        @Override
        public Instant now() {
            return agenda.now();
        }

        @Override
        public List<Pool> pools() {
            return pools;
        }

        @Override
        public List<Job> waiting() {
            return waiting.isEmpty() ? List.of() : Collections.unmodifiableList(new ArrayList<>(waiting));
        }

        @Override
        public List<Machine> machines() {
            return machines.isEmpty() ? List.of() : Collections.unmodifiableList(new ArrayList<>(machines));
        }

        @Override
        public Machine launch(Pool pool) {
            Instant taken = provider.take(agenda.now());
            Machine machine = new Machine(everMade.size(), pool, taken);
            everMade.add(machine);
            machines.add(machine);
            agenda.at(taken, () -> {}); // from then on it boots, which counts for those who wait
            agenda.at(taken.plus(conditions.bootOf(machine.number())), () -> connect(machine));
            return machine;
        }

        @Override
        public void retire(Machine machine) {
            machine.retire();
            if (!machine.isGone() && !machine.isBusy()) {
                remove(machine);
            }
        }

        @Override
        public void after(Duration pause, Runnable step) {
            agenda.at(agenda.now().plus(pause), step);
        }

        @Override
        public void every(Duration period, Duration first, Runnable step) {
            after(first, () -> {
                step.run();
                every(period, period, step);
            });
        }

        @Override
        public Duration phase(Duration period) {
            return Duration.ofNanos(phases.nextLong(period.toNanos()));
        }
    }
}
