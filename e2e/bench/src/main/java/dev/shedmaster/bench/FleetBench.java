package dev.shedmaster.bench;

import dev.shedmaster.api.v1alpha1.JenkinsServer;
import dev.shedmaster.controlplane.ControlPlane;
import dev.shedmaster.lab.azure.estate.LifeRecord;
import dev.shedmaster.lab.azure.estate.Timings;
import dev.shedmaster.lab.azure.throttle.Limits;
import dev.shedmaster.lab.jenkins.JenkinsOptions;
import dev.shedmaster.lab.jenkins.controller.Batch;
import dev.shedmaster.suite.world.Manifests;
import dev.shedmaster.suite.world.OperatorProcess;
import dev.shedmaster.suite.world.World;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The real operator on a real API server, against a lab whose Azure keeps no rate limits (a real one would let 200 machines
 * be asked for at once and 10 a second after that, whoever asks).
 */
final class FleetBench implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final String LABEL = "amd64";
    private static final int FIRST_TRIES = 500;
    private static final int MANY = 2000;

    /** Request rates of the operator's own that do not limit either. */
    private static final String UNHURRIED =
            "  limits: {requests: {writesPerSecond: 1000, deletesPerSecond: 1000, readsPerSecond: 1000, burst: 10000}}\n";

    private final Figures figures;
    private final World world;
    private final OperatorProcess operator;
    private final AtomicReference<@Nullable Instant> firstRead = new AtomicReference<>();
    private int batches;

    /** @param launcher of the packaged operator */
    FleetBench(Figures figures, Path launcher) {
        this.figures = figures;
        this.world = World.start(
                ControlPlane.Options.defaults(),
                JenkinsOptions.swift(),
                1,
                azure -> azure.withLimits(Limits.none()).withTimings(Timings.instant()));
        world.lab().jenkins().onRequest(path -> {
            if (path.equals("/queue/api/json")) {
                firstRead.compareAndSet(null, Instant.now());
            }
        });
        figures.note(
                "API server alone: creates of 1.5 KB objects",
                ApiWriteRate.measure(world.cluster(), World.NAMESPACE, FIRST_TRIES),
                "1/s");
        world.apply(Manifests.jenkins(world.lab()));
        world.apply(Manifests.azure(world.lab()) + UNHURRIED);
        world.apply(Manifests.pool(world.lab(), "bench", LABEL, "Standard_D2ds_v5", "OnDemand", 10_000));
        Instant begun = Instant.now();
        this.operator = world.startPackagedOperator(launcher, "--no-leader-election");
        await(
                "the first reconciliation",
                () -> world.cluster()
                                .client()
                                .resources(JenkinsServer.class)
                                .inNamespace(World.NAMESPACE)
                                .withName("jenkins")
                                .require()
                                .getStatus()
                        != null);
        figures.atMost("process start → first status written", seconds(begun, Instant.now()), "s", 1.5);
        await("the operator to be ready", operator::isReady);
    }

    /** Many jobs at once: when are their machines asked for? Then they run and go: what did a life cost? */
    void burst(int jobs, double lastCreateWithin, double p50Within) {
        System.out.println("burst of " + jobs + " jobs");
        Set<String> known = machines();
        ApiRequests before = requests();
        ProcessUse usedBefore = ProcessUse.of(operator.pid());
        Instant begun = Instant.now();
        world.lab()
                .jenkins()
                .enqueue(
                        Batch.freestyle("burst-" + ++batches, jobs, LABEL, Duration.ofSeconds(jobs > MANY ? 300 : 60)));
        await(jobs + " machines", () -> world.lab().azure().report().totals().machinesEver() >= known.size() + jobs);
        List<Instant> creates = creates(known);
        await("all workers running", () -> busyAgents() >= jobs);
        ApiRequests untilRunning = requests().since(before);
        ProcessUse used = ProcessUse.of(operator.pid());
        String what = jobs + " jobs: ";
        double last = seconds(begun, creates.getLast());
        figures.atMost(what + "burst → create call, last", last, "s", lastCreateWithin);
        figures.atMost(what + "burst → create call, p50", seconds(begun, at(creates, 0.5)), "s", p50Within);
        figures.note(what + "create calls", jobs / last, "1/s");
        figures.atMost(what + "writes of a worker until it runs", untilRunning.workers() / (double) jobs, "writes", 4);
        figures.note(
                what + "operator's CPU for a worker until it runs",
                used.cpu().minus(usedBefore.cpu()).toMillis() / (double) jobs,
                "ms");
        figures.atMost(what + "operator resident with all workers running", used.residentMegabytes(), "MB", 350);
        await(
                "an empty fleet",
                () -> world.lab().azure().report().totals().machines() == 0
                        && world.workers().isEmpty());
        figures.atMost(
                what + "writes of a worker in its life",
                requests().since(before).workers() / (double) jobs,
                "writes",
                8);
        figures.note(
                what + "other writes (pools, servers, events)",
                (double) requests().since(before).others(),
                "writes");
        figures.atMost(
                what + "machines made beyond the jobs",
                world.lab().azure().report().totals().machinesEver() - known.size() - (double) jobs,
                "machines",
                jobs / 100.0);
    }

    /** One job after the other: from the queue to the call that asks for its machine. */
    void latency(int jobs) {
        System.out.println("latency of " + jobs + " single jobs");
        double[] fromQueued = new double[jobs];
        double[] fromRead = new double[jobs];
        for (int i = 0; i < jobs; i++) {
            Set<String> known = machines();
            Instant begun = Instant.now();
            firstRead.set(null);
            world.lab().jenkins().enqueue(Batch.freestyle("single-" + ++batches, 1, LABEL, Duration.ofSeconds(1)));
            await("its machine", () -> machines().size() > known.size());
            Instant created = creates(known).getFirst();
            fromQueued[i] = seconds(begun, created);
            fromRead[i] = seconds(Objects.requireNonNull(firstRead.get()), created);
            await(
                    "an empty queue",
                    () -> world.lab().jenkins().controller().queue().isEmpty());
        }
        await("an empty fleet", () -> world.workers().isEmpty());
        Arrays.sort(fromQueued);
        Arrays.sort(fromRead);
        figures.atMost("one queued job read → create call, p50", fromRead[jobs / 2], "s", 0.7);
        figures.atMost("one queued job read → create call, p99", fromRead[(int) (jobs * 0.99)], "s", 2);
        figures.note("with the wait for the next reading (1 s to 2 s apart), p50", fromQueued[jobs / 2], "s");
        figures.note(
                "with the wait for the next reading (1 s to 2 s apart), p99", fromQueued[(int) (jobs * 0.99)], "s");
    }

    /** Nothing happens: what is written all the same? */
    void rest(Duration time) throws InterruptedException {
        System.out.println("rest for " + time.toSeconds() + " s");
        await("statuses to settle", () -> settled(Duration.ofSeconds(15)));
        ApiRequests before = requests();
        Thread.sleep(time);
        ApiRequests written = requests().since(before);
        figures.atMost(
                "writes at rest",
                (written.workers() + written.others()) * 60.0 / (double) time.toSeconds(),
                "1/min",
                0);
    }

    @Override
    public void close() {
        operator.close();
        world.close();
    }

    private boolean settled(Duration time) {
        ApiRequests before = requests();
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return requests().equals(before);
    }

    private ApiRequests requests() {
        return ApiRequests.in(world.cluster().controlPlane().metrics());
    }

    private int busyAgents() {
        return world.lab().jenkins().controller().lab().busyExecutors();
    }

    private Set<String> machines() {
        Set<String> names = new HashSet<>();
        world.lab().azure().lives().forEach(life -> names.add(life.name()));
        return names;
    }

    /** When the machines were asked for that are not among the known ones, in order. */
    private List<Instant> creates(Set<String> known) {
        return world.lab().azure().lives().stream()
                .filter(life -> !known.contains(life.name()))
                .map(LifeRecord::createCalledReal)
                .sorted()
                .toList();
    }

    private static Instant at(List<Instant> sorted, double part) {
        return sorted.get((int) Math.min(sorted.size() - 1L, Math.round(sorted.size() * part)));
    }

    private static double seconds(Instant from, Instant to) {
        return Duration.between(from, to).toMillis() / 1000.0;
    }

    private void await(String what, BooleanSupplier condition) {
        Instant end = Instant.now().plus(PATIENCE);
        while (!condition.getAsBoolean()) {
            if (Instant.now().isAfter(end)) {
                throw new IllegalStateException("waited " + PATIENCE.toMinutes() + " minutes in vain for " + what
                        + "; the operator said:\n" + tail(operator.log()));
            }
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted", e);
            }
        }
    }

    private static String tail(String log) {
        return log.substring(Math.max(0, log.length() - 5000));
    }
}
