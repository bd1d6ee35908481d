package dev.shedmaster.suite.fault;

import dev.shedmaster.api.v1alpha1.WorkerPhase;
import dev.shedmaster.lab.azure.call.AzureCall;
import dev.shedmaster.lab.azure.fault.FaultEffect;
import dev.shedmaster.lab.azure.fault.FaultScope;
import dev.shedmaster.lab.jenkins.fault.Fault;
import dev.shedmaster.lab.jenkins.fault.Latency;
import dev.shedmaster.lab.jenkins.fault.Scope;
import dev.shedmaster.suite.trial.Fleet;
import dev.shedmaster.suite.world.World;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The points of a worker's life at which the operator may die, before and after each of its effects. The operator knows
 * nothing of them: what it calls is made to fail, to be late or to lose its answer, or its writes are watched.
 */
enum CrashPoint {
    QUEUE_IS_READ(world -> seen(world, "GET", "/queue/")),
    WORKER_IS_WRITTEN_DOWN(world -> () -> !world.workers().isEmpty()),

    NODE_IS_NOT_YET_MADE(world -> broken(world, "POST", "/computer/doCreateItem", false)),
    NODE_IS_MADE_AND_THE_ANSWER_LOST(world -> broken(world, "POST", "/computer/doCreateItem", true)),
    SECRET_IS_NOT_YET_READ(world -> broken(world, "GET", "/computer/sm-", false)),
    SECRET_IS_READ_AND_THE_ANSWER_LOST(world -> broken(world, "GET", "/computer/sm-", true)),

    MACHINE_IS_NOT_YET_ASKED_FOR(world -> struck(world, AzureCall.PUT_VM, new FaultEffect.Reset())),
    MACHINE_IS_ASKED_FOR_AND_THE_ANSWER_LOST(world -> struck(world, AzureCall.PUT_VM, new FaultEffect.LoseResponse())),
    MACHINE_IS_ASKED_FOR_AND_AZURE_ACTS_LATER(world -> struck(world, AzureCall.PUT_VM, late())),
    MACHINE_IS_ACCEPTED(world -> () -> Fleet.of(world).machines() > 0),
    ACCEPTANCE_IS_RECORDED(world -> () -> isIn(world, WorkerPhase.BOOTING)),

    AGENT_IS_CONNECTED(world -> () -> isConnected(world)),
    JOB_IS_RECORDED(world -> () -> isIn(world, WorkerPhase.BUSY)),
    WORKER_IS_NOT_YET_TAKEN_OFFLINE(world -> broken(world, "POST", "/computer/sm-", false)),
    WORKER_IS_TAKEN_OFFLINE_AND_THE_ANSWER_LOST(world -> broken(world, "POST", "/computer/sm-", true)),
    WORKER_IS_MARKED_FOR_DELETION(world -> () ->
            world.workers().stream().anyMatch(worker -> worker.getMetadata().getDeletionTimestamp() != null)),

    MACHINE_IS_NOT_YET_DELETED(world -> struck(world, AzureCall.DELETE_VM, new FaultEffect.Reset())),
    MACHINE_IS_DELETED_AND_THE_ANSWER_LOST(world -> struck(world, AzureCall.DELETE_VM, new FaultEffect.LoseResponse())),
    MACHINE_IS_DELETED_AND_AZURE_ACTS_LATER(world -> struck(world, AzureCall.DELETE_VM, late())),
    MACHINE_IS_GONE(world -> () -> !Fleet.of(world).lives().isEmpty()
            && Fleet.of(world).machines() < Fleet.of(world).lives().size()),

    NODE_IS_NOT_YET_REMOVED(
            world -> after(() -> isDeleted(world), () -> broken(world, "POST", "/computer/sm-", false))),
    NODE_IS_REMOVED_AND_THE_ANSWER_LOST(
            world -> after(() -> isDeleted(world), () -> broken(world, "POST", "/computer/sm-", true))),
    WORKER_IS_GONE(world -> {
        AtomicReference<Integer> most = new AtomicReference<>(0);
        return () -> world.workers().size()
                < most.updateAndGet(so -> Math.max(so, world.workers().size()));
    });

    /** How late Azure acts, in its own time: some seconds of ours, in which the next operator comes up. */
    private static final Duration LATE = Duration.ofMinutes(2);

    private final Function<World, BooleanSupplier> trap;

    CrashPoint(Function<World, BooleanSupplier> trap) {
        this.trap = trap;
    }

    /** Lays the trap; what is returned tells when it has sprung. Clearing the lab's faults takes it away. */
    BooleanSupplier in(World world) {
        return trap.apply(world);
    }

    private static FaultEffect late() {
        return new FaultEffect.Delay(LATE);
    }

    /** Requests to Jenkins are broken off, before they have an effect or after, until the faults are cleared. */
    private static BooleanSupplier broken(World world, String method, String path, boolean afterEffect) {
        return jenkins(world, new Fault.Reset(afterEffect), method, path);
    }

    private static BooleanSupplier seen(World world, String method, String path) {
        return jenkins(world, new Fault.Slow(new Latency.Uniform(Duration.ZERO, Duration.ZERO)), method, path);
    }

    private static BooleanSupplier jenkins(World world, Fault fault, String method, String path) {
        var faults = world.lab().jenkins().faults();
        long id = faults.inject(fault, Scope.under(path).method(method)).id();
        return () -> faults.list().stream().anyMatch(injected -> injected.id() == id && injected.hits() > 0);
    }

    private static BooleanSupplier struck(World world, AzureCall call, FaultEffect effect) {
        var azure = world.lab().azure();
        String id = azure.post(dev.shedmaster.lab.azure.fault.Fault.always(effect, FaultScope.of(call)));
        return () ->
                azure.faults().list().stream().anyMatch(posted -> posted.id().equals(id) && posted.happened() > 0);
    }

    /** A trap that is laid only once something else has happened. */
    private static BooleanSupplier after(BooleanSupplier first, java.util.function.Supplier<BooleanSupplier> then) {
        AtomicReference<@Nullable BooleanSupplier> laid = new AtomicReference<>();
        return () -> {
            BooleanSupplier trap = laid.get();
            if (trap == null && first.getAsBoolean()) {
                laid.set(then.get());
            }
            return trap != null && trap.getAsBoolean();
        };
    }

    private static boolean isIn(World world, WorkerPhase phase) {
        return world.workers().stream()
                .anyMatch(worker ->
                        worker.getStatus() != null && worker.getStatus().phase() == phase);
    }

    private static boolean isConnected(World world) {
        return world.lab().jenkins().controller().nodes().all().computers().stream()
                .anyMatch(computer -> !computer.builtIn() && !computer.offline());
    }

    private static boolean isDeleted(World world) {
        return world.lab().azure().calls().counts().containsKey(AzureCall.DELETE_VM);
    }
}
