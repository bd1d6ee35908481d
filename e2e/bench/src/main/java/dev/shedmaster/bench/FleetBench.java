package dev.shedmaster.bench;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.shedmaster.api.v1alpha1.RequestRates;
import dev.shedmaster.bench.FleetUnderTest.RequestLimits;
import dev.shedmaster.lab.azure.estate.Timings;
import dev.shedmaster.lab.jenkins.controller.WorkRecord.Stage;
import dev.shedmaster.lab.time.Latency;
import dev.shedmaster.suite.world.World;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What the whole fleet does: start, rest, single jobs, bursts. Every figure stands beside its goal. */
final class FleetBench {
    private static final int SAMPLE = 1000;
    private static final int WARM_UP = 1000;
    private static final Duration SETTLED = Duration.ofSeconds(15);
    private static final Duration NOW_AND_THEN = Duration.ofMillis(500);

    private static final Set<Stage> SUCCEEDED = EnumSet.of(Stage.SUCCEEDED);
    private static final Set<Stage> BEGUN = EnumSet.of(Stage.RUNNING, Stage.SUCCEEDED, Stage.FAILED, Stage.ABORTED);

    private final Figures figures;
    private final Path launcher;

    /** @param launcher of the packaged operator */
    FleetBench(Figures figures, Path launcher) {
        this.figures = figures;
        this.launcher = launcher;
    }

    /** Start, rest, and one job after the other, with machines that boot at once. */
    void calm(int singleJobs) {
        try (FleetUnderTest fleet = new FleetUnderTest(launcher, Timings.instant(), RequestLimits.NONE)) {
            figures.atMost("process start → first status written", seconds(fleet.startOperator()), "s", 1.5);
            rest(fleet, Duration.ofMinutes(1));
            singleJobs(fleet, singleJobs);
        }
    }

    /**
     * Many jobs at once: when are their machines asked for? Then they run and go: what did a life cost? The machines take
     * 20 s to boot, half of what Azure's take.
     *
     * @param lastCreateWithin seconds
     * @param p50Within seconds
     * @return seconds that a worker took in the burst, on average
     */
    double burst(int jobs, Timings machines, Duration each, double lastCreateWithin, double p50Within) {
        System.out.println("burst of " + jobs + " jobs");
        requireOpenFiles(2L * jobs);
        try (FleetUnderTest fleet = new FleetUnderTest(launcher, machines, RequestLimits.NONE)) {
            figures.note(
                    jobs + " jobs: API server alone, creates of 1.5 KB objects",
                    ApiWriteRate.measure(fleet.world().cluster(), World.NAMESPACE, SAMPLE),
                    "1/s");
            fleet.startOperator();
            warmUp(fleet);
            return burst(fleet, jobs, each, lastCreateWithin, p50Within);
        }
    }

    /** The lab holds both ends of each agent's connection. A part of the jobs has ended before the last ones begin. */
    private static void requireOpenFiles(long needed) {
        if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
                && system.getMaxFileDescriptorCount() < needed) {
            throw new IllegalStateException("it needs " + needed + " open files and may have "
                    + system.getMaxFileDescriptorCount() + ": raise the limit, as with `ulimit -n 65536`");
        }
    }

    static Timings briskly() {
        Latency half = Latency.lognormal(Duration.ofSeconds(10), 0.1);
        Latency removal = Latency.fixed(Duration.ofSeconds(5));
        return Timings.realistic().withBoot(half, half, half).withRemoval(removal, removal);
    }

    /**
     * More jobs at once than an account may be asked for: the operator as it is installed, against an Azure that keeps its
     * documented limits.
     */
    void limited(int jobs) {
        System.out.println("burst of " + jobs + " jobs, with the limits of requests as installed");
        String what = jobs + " jobs, limits as installed: ";
        RequestRates rates = RequestRates.DEFAULT;
        double allowed = (jobs - rates.burst()) / (double) rates.writesPerSecond();
        try (FleetUnderTest fleet = new FleetUnderTest(launcher, briskly(), RequestLimits.AS_INSTALLED)) {
            fleet.startOperator();
            Instant begun = Instant.now();
            ApiRequests writes = fleet.writes();
            fleet.enqueue(jobs, Duration.ofMinutes(2));
            fleet.await(jobs + " machines", NOW_AND_THEN, () -> fleet.created() >= jobs);
            double last = seconds(Duration.between(begun, fleet.creates().get(jobs - 1)));
            figures.note(what + "burst → create call, last", last, "s");
            figures.note(what + "what the limits allow", allowed, "s");
            figures.atMost(what + "last create call / what the limits allow", last / allowed, "×", 1.2);
            fleet.await("an empty fleet", NOW_AND_THEN, () -> fleet.jobsIn(SUCCEEDED) == jobs && fleet.isEmpty());
            ApiRequests life = fleet.writes().since(writes);
            figures.note(what + "writes of a worker in its life", life.ofThese() / (double) jobs, "writes");
            figures.atMost(what + "calls that Azure refused for their rate", (double) fleet.throttled(), "calls", 0);
            figures.atMost(
                    what + "machines made beyond the jobs", fleet.creates().size() - (double) jobs, "machines", 0);
        }
    }

    /** What meets a burst is no operator that was started for it. */
    private static void warmUp(FleetUnderTest fleet) {
        fleet.enqueue(WARM_UP, Duration.ofSeconds(1));
        fleet.await("the warm-up", NOW_AND_THEN, () -> fleet.jobsIn(SUCCEEDED) == WARM_UP && fleet.isEmpty());
    }

    private double burst(FleetUnderTest fleet, int jobs, Duration each, double lastCreateWithin, double p50Within) {
        String what = jobs + " jobs: ";
        int known = fleet.creates().size();
        long done = fleet.jobsIn(SUCCEEDED);
        ApiRequests writes = fleet.writes();
        Shares shares = fleet.shares();
        Instant begun = Instant.now();
        fleet.enqueue(jobs, each);
        fleet.await(jobs + " machines", () -> fleet.created() >= known + jobs);
        List<Instant> creates = fleet.creates().subList(known, known + jobs);
        double last = seconds(Duration.between(begun, creates.get(jobs - 1)));
        figures.atMost(what + "burst → create call, last", last, "s", lastCreateWithin);
        figures.atMost(
                what + "burst → create call, p50",
                seconds(Duration.between(begun, creates.get(jobs / 2))),
                "s",
                p50Within);
        tellShares(
                what + "until the last create call, CPU a worker, ",
                fleet.shares().since(shares),
                jobs);
        fleet.await("all jobs running", NOW_AND_THEN, () -> fleet.jobsIn(BEGUN) >= done + jobs);
        ApiRequests start = fleet.writes().since(writes);
        figures.atMost(what + "writes of a worker until it runs", start.ofThese() / (double) jobs, "writes", 4);
        tellWrites(what, start, jobs);
        figures.atMost(
                what + "operator resident at most until all jobs run",
                ProcessUse.of(fleet.operator().pid()).mostResidentMegabytes(),
                "MB",
                350);
        fleet.await("an empty fleet", NOW_AND_THEN, fleet::isEmpty);
        ApiRequests life = fleet.writes().since(writes);
        figures.atMost(what + "writes of a worker in its life", life.ofThese() / (double) jobs, "writes", 8);
        tellWrites(what, life, jobs);
        figures.note(what + "other writes (pools, servers, events)", (double) life.others(), "writes");
        tellShares(what + "in its life, CPU a worker, ", fleet.shares().since(shares), jobs);
        figures.atMost(
                what + "machines made beyond the jobs",
                fleet.creates().size() - known - (double) jobs,
                "machines",
                jobs / 100.0);
        figures.atMost(what + "jobs that did not succeed", done + jobs - (double) fleet.jobsIn(SUCCEEDED), "jobs", 0);
        return last / jobs;
    }

    private void tellWrites(String what, ApiRequests writes, int jobs) {
        writes.counted()
                .forEach((kind, count) -> figures.note(what + "  of these " + kind, count / (double) jobs, "writes"));
    }

    private void tellShares(String what, Shares shares, int jobs) {
        figures.note(what + "operator", shares.operator().toMillis() / (double) jobs, "ms");
        figures.note(what + "API server", shares.controlPlane().toMillis() / (double) jobs, "ms");
        figures.note(what + "lab", shares.lab().toMillis() / (double) jobs, "ms");
    }

    /** One job after the other: from the queue to the call that asks for its machine. */
    private void singleJobs(FleetUnderTest fleet, int jobs) {
        System.out.println("latency of " + jobs + " single jobs");
        double[] fromQueued = new double[jobs];
        double[] fromRead = new double[jobs];
        for (int i = 0; i < jobs; i++) {
            long known = fleet.created();
            Instant begun = Instant.now();
            // Longer than two readings are apart: a shorter job may leave its machine to the next one unnoticed.
            fleet.enqueue(1, Duration.ofSeconds(5));
            fleet.await("its machine", () -> fleet.created() > known);
            Instant created = fleet.creates().getLast();
            fromQueued[i] = seconds(Duration.between(begun, created));
            fromRead[i] = seconds(Duration.between(fleet.firstReadSince(), created));
            fleet.await("an empty queue", fleet::isQueueEmpty);
        }
        fleet.await("an empty fleet", NOW_AND_THEN, fleet::isEmpty);
        Arrays.sort(fromQueued);
        Arrays.sort(fromRead);
        figures.atMost("one queued job read → create call, p50", fromRead[jobs / 2], "s", 0.7);
        figures.atMost("one queued job read → create call, p99", fromRead[(int) (jobs * 0.99)], "s", 2);
        figures.note("with the wait for the next reading (1 s to 2 s apart), p50", fromQueued[jobs / 2], "s");
        figures.note(
                "with the wait for the next reading (1 s to 2 s apart), p99", fromQueued[(int) (jobs * 0.99)], "s");
    }

    /** Nothing happens: what is written all the same? */
    private void rest(FleetUnderTest fleet, Duration time) {
        System.out.println("rest for " + time.toSeconds() + " s");
        fleet.await("statuses to settle", () -> {
            ApiRequests before = fleet.writes();
            OperatorUnderTest.pause(SETTLED);
            return fleet.writes().equals(before);
        });
        ApiRequests before = fleet.writes();
        OperatorUnderTest.pause(time);
        ApiRequests written = fleet.writes().since(before);
        figures.atMost(
                "writes at rest",
                (written.ofThese() + written.others()) * 60.0 / (double) time.toSeconds(),
                "1/min",
                0);
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
