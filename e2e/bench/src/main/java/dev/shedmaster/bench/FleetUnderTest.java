package dev.shedmaster.bench;

import dev.shedmaster.api.v1alpha1.JenkinsServer;
import dev.shedmaster.controlplane.ControlPlane;
import dev.shedmaster.lab.azure.arm.CallLog;
import dev.shedmaster.lab.azure.call.AzureCall;
import dev.shedmaster.lab.azure.estate.Timings;
import dev.shedmaster.lab.azure.throttle.Limits;
import dev.shedmaster.lab.jenkins.JenkinsOptions;
import dev.shedmaster.lab.jenkins.controller.Batch;
import dev.shedmaster.lab.jenkins.controller.Settings;
import dev.shedmaster.lab.jenkins.controller.WorkRecord;
import dev.shedmaster.suite.world.Manifests;
import dev.shedmaster.suite.world.OperatorProcess;
import dev.shedmaster.suite.world.World;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The packaged operator on a real API server, with one pool, against a lab. */
final class FleetUnderTest implements AutoCloseable {
    private static final String LABEL = "amd64";
    private static final int OK = 200;
    private static final int CREATED = 201;
    private static final int TOO_MANY_REQUESTS = 429;

    /** Who limits how fast machines may be asked for. */
    enum RequestLimits {
        /** Nobody: what the operator itself can do. */
        NONE(
                Limits.none(),
                "  limits: {requests: {writesPerSecond: 1000, deletesPerSecond: 1000, readsPerSecond: 1000, burst: 10000}}\n"),
        /** Azure as it documents, and the operator as it is installed. */
        AS_INSTALLED(Limits.documented(), "");

        private final Limits azure;
        private final String spec;

        RequestLimits(Limits azure, String spec) {
            this.azure = azure;
            this.spec = spec;
        }
    }

    private final World world;
    private final OperatorUnderTest operator;
    private final AtomicReference<@Nullable Instant> firstRead = new AtomicReference<>();
    private int batches;

    /**
     * Everything but the operator.
     *
     * @param launcher of the packaged operator
     * @param timings how long Azure takes for what
     */
    FleetUnderTest(Path launcher, Timings timings, RequestLimits limits) {
        this.world = World.start(
                ControlPlane.Options.defaults(),
                JenkinsOptions.usual().with(Settings.usual().withQuietPeriod(Duration.ZERO)),
                1,
                azure -> azure.withLimits(limits.azure).withTimings(timings));
        this.operator = new OperatorUnderTest(world, launcher);
        world.lab().jenkins().onRequest(path -> {
            if (path.equals("/queue/api/json")) {
                firstRead.compareAndSet(null, Instant.now());
            }
        });
        world.apply(Manifests.jenkins(world.lab()));
        world.apply(Manifests.azure(world.lab()) + limits.spec);
        world.apply(Manifests.pool(world.lab(), "bench", LABEL, "Standard_D2ds_v5", "OnDemand", 10_000));
    }

    World world() {
        return world;
    }

    /** Starts the operator; returns how long it took until it had written its first status. */
    Duration startOperator() {
        return operator.start(
                "the first reconciliation",
                () -> world.all(JenkinsServer.class)
                                .withName("jenkins")
                                .require()
                                .getStatus()
                        != null);
    }

    OperatorProcess operator() {
        return operator.process();
    }

    /** Puts jobs into Jenkins' queue that do nothing for a while. */
    void enqueue(int jobs, Duration each) {
        firstRead.set(null);
        world.lab().jenkins().enqueue(Batch.freestyle("batch-" + ++batches, jobs, LABEL, each));
    }

    /** When Jenkins' queue was first asked for after jobs had been put there. */
    Instant firstReadSince() {
        return Objects.requireNonNull(firstRead.get(), "nobody has asked yet");
    }

    /** How many calls Azure has refused for their rate. */
    long throttled() {
        return world.lab().azure().calls().counts().values().stream()
                .mapToLong(byStatus -> byStatus.getOrDefault(TOO_MANY_REQUESTS, 0L))
                .sum();
    }

    /** When each machine was asked for that Azure has accepted so far, in order. */
    List<Instant> creates() {
        return world.lab().azure().calls().creations().stream()
                .filter(call -> call.status() == OK || call.status() == CREATED)
                .map(CallLog.Creation::realTime)
                .sorted()
                .toList();
    }

    /** How many machines were asked for that Azure has accepted so far. */
    long created() {
        Map<Integer, Long> byStatus = world.lab().azure().calls().counts().getOrDefault(AzureCall.PUT_VM, Map.of());
        return byStatus.getOrDefault(OK, 0L) + byStatus.getOrDefault(CREATED, 0L);
    }

    /** How many jobs have got as far as one of these stages. */
    long jobsIn(Set<WorkRecord.Stage> stages) {
        return world.lab().jenkins().controller().lab().work().stream()
                .filter(work -> stages.contains(work.stage()))
                .count();
    }

    boolean isQueueEmpty() {
        return world.lab().jenkins().controller().queue().isEmpty();
    }

    boolean isEmpty() {
        return world.lab().azure().report().totals().machines() == 0
                && world.workers().isEmpty();
    }

    /** Writes of workers to the API server so far, by its own counting. */
    ApiRequests writes() {
        return operator.writes("workers");
    }

    /** What each of the processes has used so far. */
    Shares shares() {
        return operator.shares();
    }

    void await(String what, BooleanSupplier condition) {
        operator.await(what, condition);
    }

    /** @param every how often to look: looking costs the lab time, too */
    void await(String what, Duration every, BooleanSupplier condition) {
        operator.await(what, every, condition);
    }

    @Override
    public void close() {
        operator.close();
    }
}
